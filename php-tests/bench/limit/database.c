/* Connections, statements, and what is bound to them. Whatever goes wrong ends the process. */
#include "limit.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void fail(const char *what, const char *why)
{
    fprintf(stderr, "limit: %s: %s\n", what, why);
    exit(1);
}

MYSQL *open_connection(const char *charset, unsigned long flags)
{
    MYSQL *connection = mysql_init(NULL);
    mysql_optionsv(connection, MYSQL_SET_CHARSET_NAME, charset);
    if (!mysql_real_connect(connection, "localhost", getenv("EZDB_TEST_USER"), getenv("EZDB_TEST_PASSWORD"),
                            getenv("BENCH_DATABASE"), 0, getenv("EZDB_TEST_SOCKET"), flags))
        fail("connecting", mysql_error(connection));
    return connection;
}

void send_messages(MYSQL *connection, const char *sql, size_t length)
{
    if (mysql_real_query(connection, sql, length)) fail("a query", mysql_error(connection));
    for (;;) {
        mysql_free_result(mysql_store_result(connection));
        if (!mysql_more_results(connection)) break;
        if (mysql_next_result(connection)) fail("a query", mysql_error(connection));
    }
}

void query(MYSQL *connection, const char *sql) { send_messages(connection, sql, strlen(sql)); }

void queryf(MYSQL *connection, const char *format, ...)
{
    char sql[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sql, sizeof sql, format, arguments);
    va_end(arguments);
    query(connection, sql);
}

/* Names of columns that are not there are not copied by the library at each execution; the fields are the statement's. */
static void forget_names(MYSQL_STMT *statement)
{
    MYSQL_FIELD *fields = mariadb_stmt_fetch_fields(statement);
    for (unsigned i = 0; fields && i < mysql_stmt_field_count(statement); i++) {
        MYSQL_FIELD *field = fields + i;
        field->catalog = field->db = field->table = field->org_table = field->name = field->org_name = field->def = NULL;
    }
}

MYSQL_STMT *prepare(MYSQL *connection, const char *sql)
{
    MYSQL_STMT *statement = mysql_stmt_init(connection);
    if (mysql_stmt_prepare(statement, sql, strlen(sql))) fail(sql, mysql_stmt_error(statement));
    forget_names(statement);
    return statement;
}

/* Rows of data that are too many for one message go ahead. */
static void send_ahead(MYSQL_STMT *statement, const MYSQL_BIND *parameters)
{
    unsigned long bytes = 0, count = parameters ? mysql_stmt_param_count(statement) : 0;
    for (unsigned long i = 0; i < count; i++) bytes += parameters[i].buffer_length;
    for (unsigned i = 0; bytes > MESSAGE && i < count; i++)
        if (parameters[i].buffer_length >= AHEAD &&
            mysql_stmt_send_long_data(statement, i, parameters[i].buffer, parameters[i].buffer_length))
            fail("a parameter", mysql_stmt_error(statement));
}

void execute(MYSQL_STMT *statement, MYSQL_BIND *parameters)
{
    if (mysql_stmt_bind_param(statement, parameters)) fail("parameters", mysql_stmt_error(statement));
    send_ahead(statement, parameters);
    if (mysql_stmt_execute(statement)) fail("a statement", mysql_stmt_error(statement));
}

void fetch_only_row(MYSQL_STMT *statement)
{
    if (mysql_stmt_fetch(statement)) fail("a row", mysql_stmt_error(statement));
    if (mysql_stmt_fetch(statement) != MYSQL_NO_DATA) fail("a row", "there is another one");
    mysql_stmt_free_result(statement);
}

MYSQL_BIND text(const char *bytes)
{
    return (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING, .buffer = (char *)bytes, .buffer_length = strlen(bytes)};
}

MYSQL_BIND blob(const char *bytes, unsigned long *length)
{
    return (MYSQL_BIND){.buffer_type = MYSQL_TYPE_BLOB, .buffer = (char *)bytes, .buffer_length = *length, .length = length};
}

MYSQL_BIND number(long long *value) { return (MYSQL_BIND){.buffer_type = MYSQL_TYPE_LONGLONG, .buffer = value}; }

/* A name below the root and its hash, which the server works out: that is not measured. */
struct file named(struct site *site, const char *format, ...)
{
    struct file file = {0};
    char sql[256];
    MYSQL_RES *result;
    MYSQL_ROW row;
    va_list arguments;
    int length = snprintf(file.name, sizeof file.name, "%s/", site->root);
    va_start(arguments, format);
    vsnprintf(file.name + length, sizeof file.name - length, format, arguments);
    va_end(arguments);
    snprintf(sql, sizeof sql, "SELECT MD5('%s')", file.name);
    if (mysql_query(site->undo, sql) || !(result = mysql_store_result(site->undo))) fail("a hash", mysql_error(site->undo));
    if ((row = mysql_fetch_row(result))) memcpy(file.hash, row[0], 32);
    mysql_free_result(result);
    return file;
}
