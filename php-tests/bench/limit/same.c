/*
 * The statements of the extension, sent as it sends them: one message for each line of a script, in the order in
 * which it sends them. What its contract costs beyond the limit shows here, without the extension.
 *
 * To see what the extension sends: SET GLOBAL general_log. The report compares how many there are.
 */
#include "same.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Parameters of a statement are "?" and one of these letters:
 *
 *   n h  name of the file that is written, looked up or made, and its hash       I  id of the file that is there
 *   N H  the same of the file that is there already                              i  id that a new row got
 *   G g  the same of the claim, c its number, l its lock, k its datatype         o  offset of the mark
 *   t s z m  datatype, scope, size and time    p  pattern of the names below     0  0, e  no bytes
 *   d q  the bytes of the file that were not sent, and where they begin
 */
#define ID_ROW "id, name, datatype, scope, size, mtime"
#define ID_LOCK "SELECT " ID_ROW " FROM ezdbfile FORCE INDEX (`ezdbfile_name_hash`) WHERE name_hash = ?H FOR UPDATE"
#define ID_INSERT "INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime) "
#define ID_FORMER(name, hash, than, id) "DELETE f, d FROM ezdbfile f FORCE INDEX (`ezdbfile_name_hash`) LEFT JOIN ezdbfile_data d " \
    "FORCE INDEX (`master_idx`) ON d.masterid = f.id WHERE f.name_hash = " hash " AND f.id " than " " id " AND f.name = " name
#define ID_WHOLE(hash) "SELECT f.id, f.name, f.datatype, f.scope, f.size, f.mtime, d.filedata FROM ezdbfile f " \
    "INNER JOIN ezdbfile_data d ON d.masterid = f.id WHERE f.id = (SELECT MAX(id) FROM ezdbfile WHERE name_hash = " hash ") ORDER BY d.id"
#define ID_LIVE "mtime >= 0"

#define HASH_DESCRIPTION "f.name, f.name_trunk, f.datatype, f.scope, f.size, f.mtime, f.expired"
#define HASH_ROW HASH_DESCRIPTION ", (SELECT MAX(m.`offset`) FROM ezdbfile_data m WHERE m.name_hash = "
#define HASH_LOOK "SELECT " HASH_ROW "?h) + 1 FROM ezdbfile f WHERE f.name_hash = ?h"
#define HASH_TELL "SELECT f.size, f.mtime, f.expired, (SELECT MAX(m.`offset`) FROM ezdbfile_data m WHERE m.name_hash = ?h) + 1 " \
    "FROM ezdbfile f WHERE f.name_hash = ?h"
#define HASH_LOCK "SELECT " HASH_ROW "?H) + 1 FROM ezdbfile f FORCE INDEX (PRIMARY) WHERE f.name_hash = ?H FOR UPDATE"
#define HASH_DATA(columns, hash) "SELECT " columns ", d.`offset`, d.filedata FROM ezdbfile f " \
    "INNER JOIN ezdbfile_data d ON d.name_hash = " hash " WHERE f.name_hash = " hash " ORDER BY d.`offset`"
#define HASH_WHOLE(hash) HASH_DATA(HASH_DESCRIPTION, hash)
#define HASH_VERSION(hash) HASH_DATA(HASH_ROW hash ") + 1", hash)
#define HASH_COLUMNS "INSERT INTO ezdbfile (datatype, name, name_trunk, name_hash, scope, size, mtime, expired) "
#define HASH_PUT HASH_COLUMNS "VALUES (?t, ?n, ?n, ?h, ?s, ?z, ?m, 0) " \
    "ON DUPLICATE KEY UPDATE name_hash = IF(ezdbfile.name = ?n, ezdbfile.name_hash, NULL), datatype = VALUES(datatype), " \
    "name_trunk = VALUES(name_trunk), scope = VALUES(scope), size = VALUES(size), mtime = VALUES(mtime), expired = 0"
#define HASH_DROP "DELETE d FROM ezdbfile_data d FORCE INDEX (PRIMARY) WHERE d.name_hash = ?h"
#define HASH_MARK "INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) VALUES (?h,?o,?e)"
#define HASH_LIVE "expired = 0 AND mtime >= 0"

#define EXPIRE(hint, set, names, live) "SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 0 " \
    "FOR UPDATE ezdbfile FORCE INDEX (" hint ")" \
    " SET mtime = -GREATEST(mtime, 1)" set " WHERE (" names ") AND " live " LIMIT 1000"
#define ID_EXPIRE(names) EXPIRE("ezdbfile_name", "", names, ID_LIVE " AND id IS NOT NULL")
#define HASH_EXPIRE(names) EXPIRE("ezdbfile_expired_name", ", expired = 1", names, HASH_LIVE)

#define BEGIN "START TRANSACTION"
#define BLOCK(statements) "BEGIN NOT ATOMIC " statements "; END"
#define ID_NEW BLOCK(BEGIN "; " ID_INSERT "VALUES (?t, ?n, ?h, ?s, ?z, ?m); SELECT LAST_INSERT_ID()")
#define HASH_NEW BLOCK(HASH_TELL "; " BEGIN "; " HASH_PUT "; " HASH_DROP)
#define ID_LAST BLOCK("INSERT INTO ezdbfile_data (masterid, filedata) VALUES (?i,?d); " ID_FORMER("?n", "?h", "<", "?i") "; COMMIT")
#define HASH_LAST BLOCK("INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) VALUES (?h,?q,?d),(?h,?o,?e); COMMIT")
#define ROWS "the data rows, in as many messages as they need"

enum { ID, HASH, MESSAGES = 10, STATEMENTS = 48, COLUMNS = 10, LETTERS = 24 };

static const char *const scripts[SCRIPTS][2][MESSAGES] = {
    [LOOK_UP] = {
        {"SELECT " ID_ROW " FROM ezdbfile WHERE name_hash = ?h"},
        {"SELECT " HASH_DESCRIPTION " FROM ezdbfile f WHERE f.name_hash = ?h"},
    },
    [FIND] = {
        {"SELECT " ID_ROW " FROM ezdbfile WHERE name_hash = ?h"},
        {HASH_LOOK},
    },
    [STORE] = {
        {ID_NEW, ROWS, BLOCK(ID_FORMER("?n", "?h", "<", "?i") "; COMMIT")},
        {HASH_NEW, ROWS, "COMMIT"},
    },
    [STORE_SMALL] = {{ID_NEW, ID_LAST}, {HASH_NEW, HASH_LAST}},
    [STORE_TAIL] = {{ID_NEW, ROWS, ID_LAST}, {HASH_NEW, ROWS, HASH_LAST}},
    [COPY] = {
        {BLOCK(BEGIN "; " ID_LOCK), ID_INSERT "SELECT datatype, ?n, ?h, scope, size, mtime FROM ezdbfile WHERE id = ?I",
         BLOCK("INSERT INTO ezdbfile_data (masterid, filedata) SELECT ?i, filedata FROM ezdbfile_data WHERE masterid = ?I ORDER BY id; "
         ID_FORMER("?n", "?h", "<", "?i") "; COMMIT")},
        {BLOCK(BEGIN "; " HASH_LOCK), BLOCK(HASH_TELL "; " HASH_PUT "; " HASH_DROP "; "
         "INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) SELECT ?h, `offset`, filedata FROM ezdbfile_data "
         "WHERE name_hash = ?H AND (`offset` < ?z OR filedata <> '') ORDER BY `offset`; " HASH_MARK), "COMMIT"},
    },
    [MOVE] = {
        {BLOCK(BEGIN "; " ID_LOCK), BLOCK("UPDATE ezdbfile SET name = ?n, name_hash = ?h WHERE id = ?I; "
         ID_FORMER("?n", "?h", "<>", "?I") "; " ID_FORMER("?N", "?H", "<", "?I") "; COMMIT")},
        {BLOCK(BEGIN "; " HASH_LOCK), BLOCK(HASH_PUT "; " HASH_DROP "; "
         "UPDATE ezdbfile_data FORCE INDEX (PRIMARY) SET name_hash = ?h WHERE name_hash = ?H; "
         "DELETE d FROM ezdbfile_data d FORCE INDEX (PRIMARY) WHERE d.name_hash = ?h AND d.`offset` >= ?z AND d.filedata = ''; "
         "DELETE FROM ezdbfile WHERE name_hash = ?H; " HASH_MARK "; COMMIT")},
    },
    [DELETE] = {
        {ID_EXPIRE("name LIKE ?N ESCAPE '=' OR name LIKE ?p ESCAPE '='")},
        {HASH_EXPIRE("name LIKE ?N ESCAPE '=' OR name LIKE ?p ESCAPE '='")},
    },
    [GENERATE] = {
        {ID_WHOLE("?h"),
         ID_INSERT "SELECT ?k, ?G, ?g, CONNECTION_ID(), 0, UNIX_TIMESTAMP() FROM DUAL WHERE IF(GET_LOCK(?l, ?0) = 1, "
         "NOT EXISTS (SELECT 1 FROM ezdbfile WHERE name_hash = ?g) "
         "AND NOT EXISTS (SELECT 1 FROM ezdbfile WHERE name_hash = ?h AND id > ?0), FALSE)",
         BLOCK(BEGIN "; UPDATE ezdbfile FORCE INDEX (PRIMARY) SET datatype = ?t, name = ?n, name_hash = ?h, scope = ?s, size = ?z, mtime = ?m "
         "WHERE id = ?i AND name_hash = ?g AND mtime >= 0"),
         ROWS, BLOCK(ID_FORMER("?n", "?h", "<>", "?i") "; COMMIT; DO RELEASE_LOCK(?l)")},
        {HASH_VERSION("?h"),
         HASH_COLUMNS "SELECT ?k, ?G, ?G, ?g, CONCAT(CONNECTION_ID(), '.', ?c), 0, UNIX_TIMESTAMP(), 0 FROM DUAL "
         "WHERE IF(GET_LOCK(?l, ?0) = 1, NOT EXISTS (SELECT 1 FROM ezdbfile WHERE name_hash = ?g) "
         "AND NOT EXISTS (SELECT 1 FROM ezdbfile f WHERE f.name_hash = ?h), FALSE)",
         BLOCK(BEGIN "; " HASH_PUT "; "
         "DELETE c, d FROM ezdbfile c FORCE INDEX (PRIMARY) LEFT JOIN ezdbfile_data d FORCE INDEX (PRIMARY) ON d.name_hash = ?h "
         "WHERE c.name_hash = ?g AND SUBSTRING_INDEX(c.scope, '.', -1) = ?c AND c.expired = 0 AND c.mtime >= 0; SELECT ROW_COUNT()"),
         ROWS, BLOCK("COMMIT; DO RELEASE_LOCK(?l)")},
    },
};

static const char *const whole[2] = {ID_WHOLE("?H"), HASH_WHOLE("?H")};
static const char *const version[2] = {ID_WHOLE("?H"), HASH_VERSION("?H")};

/* ---- the connection ---- */

MYSQL *open_connection_of_extension(void)
{
    MYSQL *connection = open_connection("utf8mb4", CLIENT_FOUND_ROWS);
    query(connection, "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', autocommit = 1, "
                      "net_write_timeout = 86400, max_statement_time = 0");
    query(connection, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
    return connection;
}

/* ---- statements: prepared when they are first wanted, as by the extension ---- */

struct statement {
    const char *sql;
    MYSQL_STMT *handle;
    char letters[LETTERS];
    int columns;
    MYSQL_BIND results[COLUMNS];
};

static char cells[COLUMNS][512];
static long long numbers[COLUMNS];
static long long first_id, new_id;

static void bind_cells(struct statement *statement)
{
    MYSQL_RES *description = mysql_stmt_result_metadata(statement->handle);
    if (!description) return;
    statement->columns = mysql_num_fields(description);
    for (int i = 0; i < statement->columns; i++) {
        enum enum_field_types type = mysql_fetch_field_direct(description, i)->type;
        statement->results[i] = type == MYSQL_TYPE_LONGLONG || type == MYSQL_TYPE_LONG || type == MYSQL_TYPE_TINY
            ? number(&numbers[i])
            : (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING, .buffer = cells[i], .buffer_length = sizeof cells[i]};
    }
    mysql_free_result(description);
    mysql_stmt_bind_result(statement->handle, statement->results);
}

static struct statement *statement_of(struct job *job, const char *sql)
{
    static struct statement statements[STATEMENTS];
    struct statement *statement = statements;
    char plain[2048], *end = plain;
    int letters = 0;
    for (; statement->sql; statement++)
        if (statement->sql == sql) return statement;
    if (statement == statements + STATEMENTS - 1 || strlen(sql) >= sizeof plain) fail("preparing", sql);
    for (const char *next = sql; *next; next++) {
        *end++ = *next;
        if (*next == '?') statement->letters[letters++] = *++next;
    }
    *end = 0;
    statement->handle = prepare(job->site->read, plain);
    bind_cells(statement);
    statement->sql = sql;
    return statement;
}

static MYSQL_BIND binary(const char *bytes)
{
    return (MYSQL_BIND){.buffer_type = MYSQL_TYPE_BLOB, .buffer = (char *)bytes, .buffer_length = strlen(bytes)};
}

static long long mark;

static long long sent;

static MYSQL_BIND last_bytes(struct job *job)
{
    static unsigned long length;
    length = job->size - sent;
    char *bytes = read_source(job->scratch, length) ? job->scratch : job->content + sent;
    verify_source();
    return blob(bytes, &length);
}

/* Another one each time: the same place again would find the row that was there still in the table. */
static long long random_bits(int bits)
{
    static unsigned long long x = 88172645463325252ull;
    x ^= x << 13, x ^= x >> 7, x ^= x << 17;
    return x >> (64 - bits);
}

static MYSQL_BIND parameter(struct job *job, char letter)
{
    static char lock[48], below[sizeof job->file.name + 2];
    static long long size, time = 1700000000, nought = 0;
    switch (letter) {
    case 'n': return binary(job->target.name);
    case 'h': return text(job->target.hash);
    case 'N': return binary(job->file.name);
    case 'H': return text(job->file.hash);
    case 'G': return binary(job->claim.name);
    case 'g': return text(job->claim.hash);
    case 'l': return sprintf(lock, "ezdbfile.%s", job->claim.hash), text(lock);
    case 'p': return sprintf(below, "%s/%%", job->file.name), binary(below);
    case 'c': return text("0123abcde");
    case 'k': return text("ezdbfile/claim");
    case 't': return text("image/png");
    case 's': return text("image");
    case 'z': return size = job->size, number(&size);
    case 'o': return mark = job->size + 1 + random_bits(48), number(&mark);
    case 'm': return number(&time);
    case 'd': return last_bytes(job);
    case 'q': return number(&sent);
    case 'i': return number(&new_id);
    case 'I': return number(&first_id);
    case '0': return number(&nought);
    default: return binary("");
    }
}

static void execute_with_letters(struct job *job, struct statement *statement)
{
    MYSQL_BIND parameters[LETTERS];
    for (int i = 0; statement->letters[i]; i++) parameters[i] = parameter(job, statement->letters[i]);
    execute(statement->handle, parameters);
}

/* The rows of the one statement in a block that has some; only now is it known of what kind they are. */
static long read_block(struct statement *statement, const char *sql)
{
    long rows = 0;
    int more;
    bind_cells(statement);
    while (!mysql_stmt_fetch(statement->handle)) rows++;
    statement->columns = 0;
    if (strstr(sql, "LAST_INSERT_ID")) new_id = numbers[0];
    else if (rows) first_id = numbers[0];
    while (!(more = mysql_stmt_next_result(statement->handle))) mysql_stmt_free_result(statement->handle);
    if (more > 0) fail("running a block", mysql_stmt_error(statement->handle));
    return rows;
}

/* One message; rows that came, or that it changed. */
static long send_one(struct job *job, const char *sql)
{
    struct statement *statement;
    long rows = 0;
    if (!strchr(sql, '?')) return query(job->site->read, sql), 0;
    statement = statement_of(job, sql);
    execute_with_letters(job, statement);
    if (!strncmp(sql, "BEGIN NOT ATOMIC ", 17) && mysql_stmt_field_count(statement->handle)) return read_block(statement, sql);
    if (!statement->columns) {
        if (!strncmp(sql, ID_INSERT, strlen(ID_INSERT))) new_id = mysql_stmt_insert_id(statement->handle);
        return mysql_stmt_affected_rows(statement->handle);
    }
    while (!mysql_stmt_fetch(statement->handle))
        if (!rows++) first_id = numbers[0];
    if (mysql_stmt_errno(statement->handle)) fail("reading rows", mysql_stmt_error(statement->handle));
    return rows;
}

/* ---- data rows ---- */

/* For each number of rows a statement of its own; on the layout hash, the last row is the mark of the version. */
static MYSQL_STMT *insert_of(struct job *job, int rows)
{
    static MYSQL_STMT *statements[MESSAGE_ROWS + 2];
    char sql[512];
    int length = sprintf(sql, "INSERT INTO ezdbfile_data %s VALUES ",
                         job->site->hash ? "(name_hash, `offset`, filedata)" : "(masterid, filedata)");
    if (statements[rows]) return statements[rows];
    for (int i = 0; i < rows; i++) length += sprintf(sql + length, "%s%s", i ? "," : "", job->site->hash ? "(?,?,?)" : "(?,?)");
    return statements[rows] = prepare(job->site->read, sql);
}

/* All but a few bytes at the end, which go with the end of the transaction. */
static void send_rows(struct job *job)
{
    MYSQL_BIND parameters[3 * (MESSAGE_ROWS + 1)];
    unsigned long lengths[MESSAGE_ROWS];
    long long offsets[MESSAGE_ROWS];
    for (long done = 0; done < job->size;) {
        if (sent = done, job->size - done <= SMALL) return;
        MYSQL_BIND *next = parameters;
        long left = job->size - done, bytes = left < MESSAGE_ROWS * CHUNK ? left : MESSAGE_ROWS * CHUNK;
        int from_file = read_source(job->scratch, bytes), rows = 0;
        char *block = from_file ? job->scratch : job->content + done;
        for (long at = 0; at < bytes; at += CHUNK, rows++) {
            offsets[rows] = done + at, lengths[rows] = bytes - at < CHUNK ? bytes - at : CHUNK;
            *next++ = job->site->hash ? text(job->target.hash) : number(&new_id);
            if (job->site->hash) *next++ = number(&offsets[rows]);
            *next++ = blob(block + at, &lengths[rows]);
        }
        done += bytes;
        if (job->site->hash && done == job->size) {
            *next++ = text(job->target.hash), *next++ = parameter(job, 'o'), *next++ = parameter(job, 'e');
            rows++;
        }
        execute(insert_of(job, rows), parameters);
    }
    verify_source();
}

/* The script for storing a file of this size. */
enum script store_of(const struct job *job)
{
    long last = job->size % (MESSAGE_ROWS * CHUNK);
    return job->size <= SMALL ? STORE_SMALL : last && last <= SMALL ? STORE_TAIL : STORE;
}

/* All messages of a script; rows of the last one. */
long run(struct job *job, enum script script)
{
    long rows = 0;
    sent = 0;
    for (const char *const *sql = scripts[script][job->site->hash]; *sql; sql++) {
        if (!strcmp(*sql, ROWS)) send_rows(job);
        else rows = send_one(job, *sql);
    }
    return rows;
}

long long look_up_size(struct job *job)
{
    enum { SIZE = 4 /* column of both layouts */ };
    if (run(job, LOOK_UP) != 1) fail("looking up", "not one row");
    return numbers[SIZE];
}

static void read_by(struct job *job, const char *sql, struct sink *sink)
{
    struct statement *statement = statement_of(job, sql);
    execute_with_letters(job, statement);
    drain(statement->handle, statement->results, statement->columns - 1, sink);
}

void read_whole(struct job *job, struct sink *sink) { read_by(job, whole[job->site->hash], sink); }

/* As read_whole(), and every row tells the version. */
void read_version(struct job *job, struct sink *sink) { read_by(job, version[job->site->hash], sink); }

/* ---- many files ---- */

void expire_directories(struct job *job, long turn)
{
#define OR_LIKE " OR name LIKE ?- ESCAPE '='"
#define LIKES "name LIKE ?- ESCAPE '='" OR_LIKE OR_LIKE OR_LIKE OR_LIKE OR_LIKE OR_LIKE OR_LIKE OR_LIKE OR_LIKE
    static const char *const expire[2] = {ID_EXPIRE(LIKES), HASH_EXPIRE(LIKES)};
    struct statement *statement = statement_of(job, expire[job->site->hash]);
    char patterns[DIRECTORIES][128];
    MYSQL_BIND parameters[DIRECTORIES];
    for (int i = 0; i < DIRECTORIES; i++) {
        prefix_of(patterns[i], job, turn, i);
        parameters[i] = binary(strcat(patterns[i], "%"));
    }
    execute(statement->handle, parameters);
    if (mysql_stmt_affected_rows(statement->handle) != ROWS_OF_A_NODE) fail("deleting directories", "another number of rows");
}

/* FNV-1a, never 0. */
static unsigned long long number_of(const char *bytes, unsigned long length)
{
    unsigned long long number = 0xcbf29ce484222325;
    while (length--) number = (number ^ (unsigned char)*bytes++) * 0x100000001b3;
    return number | !number;
}

/* No two of them are equal; none is 0. */
static void must_differ(const unsigned long long *keys, long count)
{
    unsigned long long mask = 1024;
    while (mask < 2ull * count) mask *= 2;
    unsigned long long *seen = calloc(mask--, sizeof *seen);
    if (!seen) fail("memory", "there is none");
    for (long i = 0; i < count; i++) {
        unsigned long long place = keys[i] & mask;
        while (seen[place]) {
            if (seen[place] == keys[i]) fail("listing", "a name twice");
            place = (place + 1) & mask;
        }
        seen[place] = keys[i];
    }
    free(seen);
}

/* Each name in a string of its own; on the layout id, rows that hide others are looked for. */
void list_names(struct job *job, long turn)
{
    static const char *const sql[2] = {"SELECT name FROM ezdbfile", "SELECT name FROM ezdbfile f WHERE TRUE"};
    struct statement *statement = statement_of(job, sql[job->site->hash]);
    long count = 0, room = 1 << 20;
    char **names = malloc(room * sizeof *names);
    unsigned long long *keys = job->site->hash ? NULL : malloc(room * sizeof *keys);
    unsigned long length;
    (void)turn;
    statement->results[0].length = &length;
    mysql_stmt_bind_result(statement->handle, statement->results);
    execute(statement->handle, NULL);
    while (!mysql_stmt_fetch(statement->handle)) {
        if (count == room) {
            names = realloc(names, (room *= 2) * sizeof *names);
            if (keys) keys = realloc(keys, room * sizeof *keys);
        }
        if (!names || !(names[count] = malloc(length + 1))) fail("memory", "there is none");
        memcpy(names[count], cells[0], length);
        if (keys) keys[count] = number_of(cells[0], length);
        count++;
    }
    if (mysql_stmt_errno(statement->handle)) fail("listing", mysql_stmt_error(statement->handle));
    if (count < job->rows) fail("listing", "names are missing");
    if (keys) must_differ(keys, count);
    while (count) free(names[--count]);
    free(names), free(keys);
}
