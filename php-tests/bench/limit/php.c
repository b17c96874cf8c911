/*
 * The same in C as an extension of PHP that does nothing else, for worker.php and, in php-fpm, pages/same.php and
 * pages/same-stat.php: with what it costs to be within PHP, whose process is larger than a program in C and touches
 * more memory.
 */
#include "limit.h"
#include <SAPI.h>
#include <php.h>
#include <ext/standard/md5.h>

ZEND_BEGIN_ARG_INFO_EX(turn_info, 0, 0, 1)
    ZEND_ARG_TYPE_INFO(0, turn, IS_LONG, 0)
ZEND_END_ARG_INFO()
ZEND_BEGIN_ARG_INFO_EX(connect_info, 0, 0, 1)
    ZEND_ARG_TYPE_INFO(0, hash, _IS_BOOL, 0)
ZEND_END_ARG_INFO()
ZEND_BEGIN_ARG_INFO_EX(set_up_info, 0, 0, 3)
    ZEND_ARG_TYPE_INFO(0, operation, IS_STRING, 0)
    ZEND_ARG_TYPE_INFO(0, size, IS_LONG, 0)
    ZEND_ARG_TYPE_INFO(0, rows, IS_LONG, 0)
ZEND_END_ARG_INFO()
ZEND_BEGIN_ARG_INFO_EX(path_info, 0, 0, 1)
    ZEND_ARG_TYPE_INFO(0, path, IS_STRING, 0)
ZEND_END_ARG_INFO()
ZEND_BEGIN_ARG_INFO_EX(no_info, 0, 0, 0)
ZEND_END_ARG_INFO()

#define TURN(turn)                     \
    zend_long turn;                    \
    ZEND_PARSE_PARAMETERS_START(1, 1)  \
        Z_PARAM_LONG(turn)             \
    ZEND_PARSE_PARAMETERS_END()

/* Connects to the tables of that layout. */
static PHP_FUNCTION(same_connect)
{
    bool hash;
    ZEND_PARSE_PARAMETERS_START(1, 1)
        Z_PARAM_BOOL(hash)
    ZEND_PARSE_PARAMETERS_END();
    connect_site(hash, 1);
}

/* Whether there is such an operation. */
static PHP_FUNCTION(same_set_up)
{
    char *operation;
    size_t length;
    zend_long size, rows;
    ZEND_PARSE_PARAMETERS_START(3, 3)
        Z_PARAM_STRING(operation, length)
        Z_PARAM_LONG(size)
        Z_PARAM_LONG(rows)
    ZEND_PARSE_PARAMETERS_END();
    (void)length;
    RETURN_BOOL(set_up(operation, size, rows) != NULL);
}

/* One of the files that there are for look-ups. */
static PHP_FUNCTION(same_name) { TURN(turn); RETURN_STRING(name_of(turn)); }
static PHP_FUNCTION(same_before) { TURN(turn); before(turn); }
static PHP_FUNCTION(same_call) { TURN(turn); call(turn); }
static PHP_FUNCTION(same_after) { TURN(turn); after(turn); }
static PHP_FUNCTION(same_tear_down) { ZEND_PARSE_PARAMETERS_NONE(); tear_down(); }

/* ---- in php-fpm ---- */

/* The connection of a worker, which stays. */
static void connect_once(void)
{
    static bool connected;
    if (!connected) connect_site(!strcmp(getenv("BENCH_LAYOUT"), "hash"), 1), connected = true;
}

static void hash_name(char hash[33], const char *name, size_t length)
{
    unsigned char digest[16];
    PHP_MD5_CTX context;
    PHP_MD5Init(&context), PHP_MD5Update(&context, name, length), PHP_MD5Final(digest, &context);
    make_digest_ex(hash, digest, sizeof digest);
}

/* How large a file is. */
static PHP_FUNCTION(same_stat)
{
    char *path, hash[33];
    size_t length;
    ZEND_PARSE_PARAMETERS_START(1, 1)
        Z_PARAM_STRING(path, length)
    ZEND_PARSE_PARAMETERS_END();
    connect_once();
    hash_name(hash, path, length);
    RETURN_LONG(stat_size(hash));
}

/* What php-fpm puts in a record of FastCGI; a larger piece would be two, one of them small. */
enum { RECORD = 0xfff8 };

static void add_header(const char *line)
{
    sapi_header_line header = {.line = line, .line_len = strlen(line)};
    sapi_header_op(SAPI_HEADER_ADD, &header);
}

static void put_out(const char *bytes, unsigned long length)
{
    /* Until here, an error could still become a response of its own. */
    if (!SG(headers_sent)) sapi_send_headers();
    for (unsigned long piece; length; bytes += piece, length -= piece) {
        piece = length < RECORD ? length : RECORD;
        php_output_write(bytes, piece);
    }
}

/* The file that was asked for, with a header as long as the extension's. */
static PHP_FUNCTION(same_serve)
{
    const char *const fields[] = {
        "Content-Type: image/png", "Last-Modified: Tue, 14 Nov 2023 22:13:20 GMT", "ETag: \"6553f100-1000-12345678\"",
        "Cache-Control: public, max-age=86400", "Expires: Wed, 15 Nov 2023 22:13:20 GMT", "Accept-Ranges: bytes",
        "X-Content-Type-Options: nosniff",
    };
    char line[64], hash[33];
    ZEND_PARSE_PARAMETERS_NONE();
    connect_once();
    char *uri = sapi_getenv("REQUEST_URI", strlen("REQUEST_URI"));
    hash_name(hash, uri + 1, strlen(uri) - 1);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) add_header(fields[i]);
    /* The benchmark's files are named by their size. */
    snprintf(line, sizeof line, "Content-Length: %d", atoi(strrchr(uri, '/') + 1)), add_header(line);
    efree(uri);
    send_file(hash, put_out);
}

static const zend_function_entry functions[] = {
    ZEND_FE(same_connect, connect_info)
    ZEND_FE(same_set_up, set_up_info)
    ZEND_FE(same_name, turn_info)
    ZEND_FE(same_before, turn_info)
    ZEND_FE(same_call, turn_info)
    ZEND_FE(same_after, turn_info)
    ZEND_FE(same_tear_down, no_info)
    ZEND_FE(same_stat, path_info)
    ZEND_FE(same_serve, no_info)
    ZEND_FE_END
};

zend_module_entry limit_module_entry = {
    STANDARD_MODULE_HEADER, "limit", functions, NULL, NULL, NULL, NULL, NULL, NO_VERSION_YET, STANDARD_MODULE_PROPERTIES
};

ZEND_GET_MODULE(limit)
