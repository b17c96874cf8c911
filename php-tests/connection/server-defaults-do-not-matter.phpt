--TEST--
The server's defaults for SQL mode, autocommit, isolation, packet size, character set and length of results change nothing
--CONFLICTS--
all
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 65535]);
put('var/old', 'old');
$defaults = rows('SELECT @@GLOBAL.sql_mode AS sql_mode, @@GLOBAL.autocommit AS autocommit, @@GLOBAL.tx_isolation AS tx_isolation, @@GLOBAL.max_allowed_packet AS max_allowed_packet,
    @@GLOBAL.init_connect AS init_connect, @@GLOBAL.sql_select_limit AS sql_select_limit, @@GLOBAL.sql_safe_updates AS sql_safe_updates')[0];
$restore = static function () use ($defaults) {
    foreach ($defaults as $name => $value) {
        admin()->query("SET GLOBAL $name = " . (is_numeric($value) ? $value : "'$value'"));
    }
};
at_end($restore);
$bytes = bytes(300000);
$too = str_repeat('x', width('name') + 1);
foreach ([
    "sql_mode = ''", "sql_mode = 'TRADITIONAL,ANSI,NO_BACKSLASH_ESCAPES,ONLY_FULL_GROUP_BY,PAD_CHAR_TO_FULL_LENGTH,HIGH_NOT_PRECEDENCE'", "sql_mode = 'ORACLE,EMPTY_STRING_IS_NULL'",
    'autocommit = 0', "tx_isolation = 'READ-UNCOMMITTED'", "tx_isolation = 'SERIALIZABLE'", 'max_allowed_packet = 65536',
    "init_connect = 'SET NAMES latin1'", "init_connect = 'SET character_set_results = NULL'", 'sql_select_limit = 1', 'sql_safe_updates = 1',
] as $setting) {
    db()->query("SET GLOBAL $setting");
    $handler = new eZDBFileHandler("var/it's \\a");
    $handler->disconnect();
    $checks = [
        $handler->storeContents($bytes, "sc\\ope's", 'a/b'),
        $handler->fetchContents() === $bytes,
        bytes_of("var/it's /a") === $bytes,
        $handler->fetch() !== false,
        $handler->storeContents(''),
        $handler->fetchContents() === '',
        $handler->storeContents('0', ''),
        $handler->fetchContents() === '0',
        entry("var/it's /a")['scope'] === '',
        $handler->fileStoreContents($too, 'x') === false && count(warnings()) === 1,
        $handler->fileCopy('var/old', 'var/new'),
        $handler->fileMove('var/new', 'var/newer'),
        bytes_of('var/newer') === 'old',
        $handler->fileDeleteByWildcard('var/new?r'),
        $handler->fileDeleteByRegex('var', 'newer'),
        $handler->fileDeleteByDirList(['var'], 'x', ''),
        expired() === ['var/newer'],
        $handler->fetchExpiredItems(['test']) === ['var/newer'],
        [(new eZDBFileHandler('var/newer'))->purge(), expired()][1] === [],
        $handler->getFileList(false, false, [0, 5], "var/it's /") === ["var/it's /a"],
        $handler->fileStoreContents('var/café', 'one') && $handler->fileStoreContents('var/café', 'two'),
        bytes_of('var/café') === 'two' && (int) value('SELECT COUNT(*) FROM ezdbfile WHERE BINARY name = ' . literal('var/café')) === 1,
        $handler->fileDeleteByWildcard('var/caf?'),
        [(new eZDBFileHandler('var/café'))->purge(), entry('var/café')][1] === null,
        unlocked(),
        faults() === [],
    ];
    show($setting, array_keys($checks, false, true));
    $restore();
}
?>
--EXPECT--
sql_mode = '': []
sql_mode = 'TRADITIONAL,ANSI,NO_BACKSLASH_ESCAPES,ONLY_FULL_GROUP_BY,PAD_CHAR_TO_FULL_LENGTH,HIGH_NOT_PRECEDENCE': []
sql_mode = 'ORACLE,EMPTY_STRING_IS_NULL': []
autocommit = 0: []
tx_isolation = 'READ-UNCOMMITTED': []
tx_isolation = 'SERIALIZABLE': []
max_allowed_packet = 65536: []
init_connect = 'SET NAMES latin1': []
init_connect = 'SET character_set_results = NULL': []
sql_select_limit = 1: []
sql_safe_updates = 1: []
