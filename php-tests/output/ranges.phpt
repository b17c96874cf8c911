--TEST--
passthrough() writes the part from offset on, as long as asked or to the end
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$bytes = 'abcdefghijklmnopqrstuvwxy';
put('var/a', str_split($bytes, 10));
$cases = [[], [0], [0, false], [0, null], [0, 25], [0, 1], [0, 10], [0, 11], [9, 1], [9, 2], [10], [10, 10], [10, 11], [11, 3], [5, 15], [20], [24], [24, 1], [24, 100], [25], [25, 0], [25, 5], [25, false],
    [0, 0], [7, 0], [3, 1000000000000], ['3', '4'], ['24', 2], ['0', false], [false, 3], [null, 3], [3.0, 2.0], [0, PHP_INT_MAX], [10, PHP_INT_MAX],
    // What scripts compute from the header of a request, as PHP goes on where integers end.
    ['3', '99999999999999999999' - '3' + 1], [3, '99999999999999999999'], [0, PHP_INT_MAX + 1], [2.9, '3.9']];
$handler = new eZDBFileHandler('var/a');
foreach ($cases as $case) {
    ob_start();
    $returned = $handler->passthrough(...$case);
    show(dump($case), [$returned, ob_get_clean()]);
}
?>
--EXPECT--
[]: [true, 'abcdefghijklmnopqrstuvwxy']
[0]: [true, 'abcdefghijklmnopqrstuvwxy']
[0, false]: [true, 'abcdefghijklmnopqrstuvwxy']
[0, null]: [true, 'abcdefghijklmnopqrstuvwxy']
[0, 25]: [true, 'abcdefghijklmnopqrstuvwxy']
[0, 1]: [true, 'a']
[0, 10]: [true, 'abcdefghij']
[0, 11]: [true, 'abcdefghijk']
[9, 1]: [true, 'j']
[9, 2]: [true, 'jk']
[10]: [true, 'klmnopqrstuvwxy']
[10, 10]: [true, 'klmnopqrst']
[10, 11]: [true, 'klmnopqrstu']
[11, 3]: [true, 'lmn']
[5, 15]: [true, 'fghijklmnopqrst']
[20]: [true, 'uvwxy']
[24]: [true, 'y']
[24, 1]: [true, 'y']
[24, 100]: [true, 'y']
[25]: [true, '']
[25, 0]: [true, '']
[25, 5]: [true, '']
[25, false]: [true, '']
[0, 0]: [true, '']
[7, 0]: [true, '']
[3, 1000000000000]: [true, 'defghijklmnopqrstuvwxy']
['3', '4']: [true, 'defg']
['24', 2]: [true, 'y']
['0', false]: [true, 'abcdefghijklmnopqrstuvwxy']
[false, 3]: [true, 'abc']
[null, 3]: [true, 'abc']
[3.0, 2.0]: [true, 'de']
[0, 9223372036854775807]: [true, 'abcdefghijklmnopqrstuvwxy']
[10, 9223372036854775807]: [true, 'klmnopqrstuvwxy']
['3', 1.0E+20]: [true, 'defghijklmnopqrstuvwxy']
[3, '99999999999999999999']: [true, 'defghijklmnopqrstuvwxy']
[0, 9.223372036854776E+18]: [true, 'abcdefghijklmnopqrstuvwxy']
[2.9, '3.9']: [true, 'cde']
