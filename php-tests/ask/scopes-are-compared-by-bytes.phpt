--TEST--
Scopes that differ in case, accent or a space at the end are different
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler();
$scopes = ['image', 'Image', "im\u{E1}ge", 'image ', 'im_ge', "im'ge", 'im\\ge', 'im%'];
foreach ($scopes as $i => $scope) {
    $handler->fileStoreContents("var/$i", 'x', $scope);
}
foreach ($scopes as $i => $scope) {
    show($scope, [$handler->getFileList([$scope]), count($handler->getFileList([$scope], true)), entry("var/$i")['scope'] === $scope]);
}
$handler->fileDelete('var');
show('expired', [$handler->fetchExpiredItems(['image']), $handler->fetchExpiredItems(["im\u{E1}ge"]), $handler->fetchExpiredItems(["im'ge", 'none'])]);
?>
--EXPECT--
image: [['var/0'], 7, true]
Image: [['var/1'], 7, true]
imáge: [['var/2'], 7, true]
image : [['var/3'], 7, true]
im_ge: [['var/4'], 7, true]
im'ge: [['var/5'], 7, true]
im\ge: [['var/6'], 7, true]
im%: [['var/7'], 7, true]
expired: [['var/0'], ['var/2'], ['var/5']]
