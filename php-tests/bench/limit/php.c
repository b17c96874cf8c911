/*
 * The same in C as an extension of PHP that does nothing else, for worker.php and, in php-fpm, pages/same.php: with
 * what it costs to be within PHP, whose process is larger than a program in C and touches more memory.
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

static PHP_FUNCTION(same_is_request) { ZEND_PARSE_PARAMETERS_NONE(); RETURN_BOOL(is_request()); }
static PHP_FUNCTION(same_before) { TURN(turn); before(turn); }
static PHP_FUNCTION(same_call) { TURN(turn); call(turn); }
/* In the process that waits for requests; how many microseconds it took there. */
static PHP_FUNCTION(same_call_on_request) { TURN(turn); RETURN_DOUBLE(call_on_request(turn)); }
static PHP_FUNCTION(same_after) { TURN(turn); after(turn); }
static PHP_FUNCTION(same_tear_down) { ZEND_PARSE_PARAMETERS_NONE(); tear_down(); }

/* ---- over HTTP ---- */

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
    static bool connected;
    const char *const fields[] = {
        "Content-Type: image/png", "Last-Modified: Tue, 14 Nov 2023 22:13:20 GMT", "ETag: \"6553f100-1000-12345678\"",
        "Cache-Control: public, max-age=86400", "Expires: Wed, 15 Nov 2023 22:13:20 GMT", "Accept-Ranges: bytes",
        "X-Content-Type-Options: nosniff",
    };
    char line[64], hash[33];
    unsigned char digest[16];
    PHP_MD5_CTX context;
    ZEND_PARSE_PARAMETERS_NONE();
    if (!connected) connect_site(!strcmp(getenv("BENCH_LAYOUT"), "hash"), 1), connected = true;
    char *uri = sapi_getenv("REQUEST_URI", strlen("REQUEST_URI"));
    PHP_MD5Init(&context), PHP_MD5Update(&context, uri + 1, strlen(uri) - 1), PHP_MD5Final(digest, &context);
    make_digest_ex(hash, digest, sizeof digest);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) add_header(fields[i]);
    /* The benchmark's files are named by their size. */
    snprintf(line, sizeof line, "Content-Length: %d", atoi(strrchr(uri, '/') + 1)), add_header(line);
    efree(uri);
    send_file(hash, put_out);
}

static const zend_function_entry functions[] = {
    ZEND_FE(same_connect, connect_info)
    ZEND_FE(same_set_up, set_up_info)
    ZEND_FE(same_is_request, no_info)
    ZEND_FE(same_before, turn_info)
    ZEND_FE(same_call, turn_info)
    ZEND_FE(same_call_on_request, turn_info)
    ZEND_FE(same_after, turn_info)
    ZEND_FE(same_tear_down, no_info)
    ZEND_FE(same_serve, no_info)
    ZEND_FE_END
};

zend_module_entry limit_module_entry = {
    STANDARD_MODULE_HEADER, "limit", functions, NULL, NULL, NULL, NULL, NULL, NO_VERSION_YET, STANDARD_MODULE_PROPERTIES
};

ZEND_GET_MODULE(limit)
