--TEST--
fileDeleteByWildcard() knows *, ? and {a,b}; all else is literal, both ends are anchored
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$names = ['a', 'ab', 'abc', 'abcd', 'b', 'xab', 'A', 'a/b', 'a/b/c', 'ad', "a\u{E9}", "a\u{1F600}", "a\u{E9}\u{E9}", "a\nb", "ab\n", 'a.b', 'a+b', 'a_b', 'a%', 'a%b', 'a(b)', 'a[bc]', 'a^', 'a$', 'a|b', 'a}b', 'a,b', "a'b", 'a"b', 'a b', 'ab '];
$handler = new eZDBFileHandler();
foreach (['a', 'a*', '*b', '*', 'a?', 'a?b', 'ab?', '?', 'ab*c*', 'a**', '*/*', 'a/*', 'a?b?c', '?b/*', 'a{b,d}', 'a{b,bc}', '{a,b}', 'a{b,}', 'a{?,bcd}', '{a/b,a}/c', '{a,A}{b,}',
    'a.b', 'a+b', 'a_b', 'a_', 'a%', 'a%b', 'a(b)', 'a[bc]', 'a[b]', 'a^', 'a$', 'a|b', 'a}b', 'a,b', "a'b", 'a"b', 'a b', 'ab ', "a\nb", "a\u{E9}", "a{\u{E9},\u{1F600}}", 'A*'] as $wildcard) {
    db()->query('DELETE FROM ezdbfile');
    array_map(static fn ($name) => put($name, ''), $names);
    $returned = $handler->fileDeleteByWildcard($wildcard);
    $gone = expired();
    echo dump($wildcard), ': ', $returned === true ? (count($gone) > 16 ? 'all but ' . dump(live()) : dump($gone)) : dump($returned), "\n";
}
?>
--EXPECT--
'a': ['a']
'a*': all but ['A', 'b', 'xab']
'*b': ['a\x0ab', 'a b', 'a"b', 'a%b', 'a'b', 'a+b', 'a,b', 'a.b', 'a/b', 'a_b', 'ab', 'a|b', 'a}b', 'b', 'xab']
'*': all but []
'a?': ['a$', 'a%', 'a^', 'ab', 'ad', 'a\xc3\xa9', 'a\xf0\x9f\x98\x80']
'a?b': ['a\x0ab', 'a b', 'a"b', 'a%b', 'a'b', 'a+b', 'a,b', 'a.b', 'a/b', 'a_b', 'a|b', 'a}b']
'ab?': ['ab\x0a', 'ab ', 'abc']
'?': ['A', 'a', 'b']
'ab*c*': ['abc', 'abcd']
'a**': all but ['A', 'b', 'xab']
'*/*': ['a/b', 'a/b/c']
'a/*': ['a/b', 'a/b/c']
'a?b?c': ['a/b/c']
'?b/*': []
'a{b,d}': ['ab', 'ad']
'a{b,bc}': ['ab', 'abc']
'{a,b}': ['a', 'b']
'a{b,}': ['a', 'ab']
'a{?,bcd}': ['a$', 'a%', 'a^', 'ab', 'abcd', 'ad', 'a\xc3\xa9', 'a\xf0\x9f\x98\x80']
'{a/b,a}/c': ['a/b/c']
'{a,A}{b,}': ['A', 'a', 'ab']
'a.b': ['a.b']
'a+b': ['a+b']
'a_b': ['a_b']
'a_': []
'a%': ['a%']
'a%b': ['a%b']
'a(b)': ['a(b)']
'a[bc]': ['a[bc]']
'a[b]': []
'a^': ['a^']
'a$': ['a$']
'a|b': ['a|b']
'a}b': ['a}b']
'a,b': ['a,b']
'a'b': ['a'b']
'a"b': ['a"b']
'a b': ['a b']
'ab ': ['ab ']
'a\x0ab': ['a\x0ab']
'a\xc3\xa9': ['a\xc3\xa9']
'a{\xc3\xa9,\xf0\x9f\x98\x80}': ['a\xc3\xa9', 'a\xf0\x9f\x98\x80']
'A*': ['A']
