--TEST--
isFileExpired() compares mtime with expiry and ttl as PHP compares
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
$cases = [
    // mtime, expiry, curtime, ttl
    [false, 5, 100, null], [0, 5, 100, null], [null, 5, 100, null], [-1, 5, 100, null], [-1000, -2000, 100, null], [false, null, 100, null],
    [0, -1, 100, 50], [false, 0, 0, 0],
    [10, 5, 100, null], [10, 10, 100, null], [10, 11, 100, null], [10, null, 100, null], [10, false, 100, null], [10, -1, 100, null], [10, 0, 100, null],
    [10, '11', 100, null], ['10', '9', '100', null], ['10', 11, 100, null],
    [90, -1, 100, 10], [90, -1, 100, 9], [90, -1, 100, 11], [90, null, 100, 10], [90, null, 100, 9], [90, false, 100, 9],
    [90, 91, 100, 50], [90, 90, 100, 50], [90, 89, 100, 10], [99, 50, 100, 0], [100, 50, 100, 0], [101, 50, 100, 0], [90, '91', '100', '50'], [90, 5, 100, '9'],
];
foreach ($cases as $case) {
    echo dump($case), ': ', dump(eZDBFileHandler::isFileExpired('var/a', ...$case)), "\n";
}
?>
--EXPECT--
[false, 5, 100, null]: true
[0, 5, 100, null]: true
[null, 5, 100, null]: true
[-1, 5, 100, null]: true
[-1000, -2000, 100, null]: true
[false, null, 100, null]: true
[0, -1, 100, 50]: true
[false, 0, 0, 0]: true
[10, 5, 100, null]: false
[10, 10, 100, null]: false
[10, 11, 100, null]: true
[10, null, 100, null]: false
[10, false, 100, null]: false
[10, -1, 100, null]: false
[10, 0, 100, null]: false
[10, '11', 100, null]: true
['10', '9', '100', null]: false
['10', 11, 100, null]: true
[90, -1, 100, 10]: false
[90, -1, 100, 9]: true
[90, -1, 100, 11]: false
[90, null, 100, 10]: false
[90, null, 100, 9]: true
[90, false, 100, 9]: true
[90, 91, 100, 50]: true
[90, 90, 100, 50]: false
[90, 89, 100, 10]: false
[99, 50, 100, 0]: true
[100, 50, 100, 0]: false
[101, 50, 100, 0]: false
[90, '91', '100', '50']: true
[90, 5, 100, '9']: true
