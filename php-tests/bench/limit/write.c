/* Storing, copying and deleting one file. */
#include "limit.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HASH_META "INSERT INTO ezdbfile (datatype, name, name_trunk, name_hash, scope, size, mtime, expired) "
#define HASH_AGAIN " ON DUPLICATE KEY UPDATE size = VALUES(size), mtime = VALUES(mtime), expired = 0"
#define ID_META "INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime) "
/* What a new version replaces in the layout id. */
#define ID_FORMER "DELETE f, d FROM ezdbfile f LEFT JOIN ezdbfile_data d ON d.masterid = f.id WHERE f.name_hash = "

enum { META, ROW, FORMER, ROWS, BULK };

/* ---- rows of content ---- */

static long chunks(long size) { return (size + CHUNK - 1) / CHUNK; }

static unsigned long chunk_length(const struct job *job, long number)
{
    long left = job->size - number * CHUNK;
    return left < CHUNK ? left : CHUNK;
}

static void prepare_rows(struct job *job)
{
    char sql[512];
    int length = sprintf(sql, "INSERT INTO ezdbfile_data %s VALUES %s", job->site->hash ? "(name_hash, `offset`, filedata)" : "(masterid, filedata)",
                         job->site->hash ? "(?, ?, ?)" : "(?, ?)");
    job->statements[ROW] = prepare(job->site->write, sql);
    job->statements[BULK] = prepare(job->site->write, sql);
    for (int i = 1; i < MESSAGE_ROWS; i++) length += sprintf(sql + length, job->site->hash ? ", (?, ?, ?)" : ", (?, ?)");
    job->statements[ROWS] = prepare(job->site->write, sql);
}

void prepare_store(struct job *job, long turn)
{
    (void)turn;
    if (job->site->hash) {
        job->statements[META] = prepare(job->site->write, HASH_META "VALUES ('image/png', ?, ?, ?, 'image', ?, 1700000000, 0)" HASH_AGAIN);
        job->statements[FORMER] = prepare(job->site->write, "DELETE FROM ezdbfile_data WHERE name_hash = ?");
    } else {
        job->statements[META] = prepare(job->site->write, ID_META "VALUES ('image/png', ?, ?, 'image', ?, 1700000000)");
        job->statements[FORMER] = prepare(job->site->write, ID_FORMER "? AND f.id < ?");
    }
    prepare_rows(job);
}

/* So many rows in one message, as one statement that has places for all of them. */
static void insert_rows(struct job *job, const struct file *file, long long id, long first, int count)
{
    MYSQL_BIND parameters[3 * MESSAGE_ROWS], *next = parameters;
    unsigned long lengths[MESSAGE_ROWS];
    long long offsets[MESSAGE_ROWS];
    for (int i = 0; i < count; i++) {
        lengths[i] = chunk_length(job, first + i);
        offsets[i] = (first + i) * CHUNK;
        *next++ = job->site->hash ? text(file->hash) : number(&id);
        if (job->site->hash) *next++ = number(&offsets[i]);
        *next++ = blob(job->content + offsets[i], &lengths[i]);
    }
    execute(job->statements[count == 1 ? ROW : ROWS], parameters);
}

/* The same by MariaDB's bulk execution, which takes any number of rows. */
static void bulk_rows(struct job *job, const struct file *file, long long id, long first, unsigned count)
{
    const char *keys[MESSAGE_ROWS], *bytes[MESSAGE_ROWS];
    unsigned long key_lengths[MESSAGE_ROWS], lengths[MESSAGE_ROWS];
    long long ids[MESSAGE_ROWS], offsets[MESSAGE_ROWS];
    MYSQL_STMT *statement = job->statements[BULK];
    MYSQL_BIND parameters[3] = {0}, *next = parameters;
    for (unsigned i = 0; i < count; i++) {
        keys[i] = file->hash, key_lengths[i] = 32, ids[i] = id;
        offsets[i] = (first + i) * CHUNK, bytes[i] = job->content + offsets[i], lengths[i] = chunk_length(job, first + i);
    }
    mysql_stmt_attr_set(statement, STMT_ATTR_ARRAY_SIZE, &count);
    if (job->site->hash) {
        *next++ = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING, .buffer = keys, .length = key_lengths};
        *next++ = number(offsets);
    } else {
        *next++ = number(ids);
    }
    *next = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_BLOB, .buffer = bytes, .length = lengths};
    execute(statement, parameters);
}

/* ---- a version ---- */

static long long begin(struct job *job, const struct file *file)
{
    long long size = job->size;
    MYSQL_BIND name = text(file->name), hash = text(file->hash), bytes = number(&size);
    if (job->site->hash) {
        execute(job->statements[META], (MYSQL_BIND[]){name, name, hash, bytes});
        execute(job->statements[FORMER], &hash);
    } else {
        execute(job->statements[META], (MYSQL_BIND[]){name, hash, bytes});
    }
    return mysql_insert_id(job->site->write);
}

static void complete(struct job *job, const struct file *file, long long id)
{
    if (!job->site->hash) execute(job->statements[FORMER], (MYSQL_BIND[]){text(file->hash), number(&id)});
    query(job->site->write, "COMMIT");
}

static void store_version(struct job *job, const struct file *file, int bulk)
{
    long long id = begin(job, file);
    for (long i = 0; i < chunks(job->size);) {
        int count = chunks(job->size) - i < MESSAGE_ROWS ? chunks(job->size) - i : MESSAGE_ROWS;
        if (!bulk && count < MESSAGE_ROWS) count = 1;
        if (bulk && count > 1) bulk_rows(job, file, id, i, count);
        else insert_rows(job, file, id, i, count);
        i += count;
    }
    complete(job, file, id);
}

void store_rows(struct job *job, long turn) { (void)turn, store_version(job, &job->target, 0); }

static void store_bulk(struct job *job, long turn) { (void)turn, store_version(job, &job->target, 1); }

static void store_whole(struct job *job);

/* The whole transaction as one message of text; what does not fit into one is stored otherwise. */
static void store_text(struct job *job, long turn)
{
    (void)turn;
    if (job->size > 1 << 20) store_version(job, &job->target, 1);
    else store_whole(job);
}

static void store_whole(struct job *job)
{
    const struct file *file = &job->target;
    char *end = job->scratch;
    if (job->site->hash)
        end += sprintf(end, HASH_META "VALUES ('image/png', '%s', '%s', '%s', 'image', %ld, 1700000000, 0)" HASH_AGAIN
                       "; DELETE FROM ezdbfile_data WHERE name_hash = '%s'; INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) VALUES ",
                       file->name, file->name, file->hash, job->size, file->hash);
    else
        end += sprintf(end, ID_META "VALUES ('image/png', '%s', '%s', 'image', %ld, 1700000000); SET @id = LAST_INSERT_ID(); "
                       "INSERT INTO ezdbfile_data (masterid, filedata) VALUES ", file->name, file->hash, job->size);
    for (long i = 0; i < chunks(job->size); i++) {
        if (i) *end++ = ',';
        if (job->site->hash) end += sprintf(end, "('%s', %ld, '", file->hash, i * CHUNK);
        else end += sprintf(end, "(@id, '");
        end += mysql_real_escape_string(job->site->write, end, job->content + i * CHUNK, chunk_length(job, i));
        end += sprintf(end, "')");
    }
    if (!job->site->hash) end += sprintf(end, "; " ID_FORMER "'%s' AND f.id < @id", file->hash);
    end += sprintf(end, "; COMMIT");
    send_messages(job->site->write, job->scratch, end - job->scratch);
}

/* ---- what is not measured ---- */

void put(struct job *job, const struct file *file) { drop(job, file), store_version(job, file, 1); }

void drop(struct job *job, const struct file *file)
{
    if (job->site->hash) queryf(job->site->undo, "DELETE FROM ezdbfile WHERE name_hash = '%s'", file->hash);
    else queryf(job->site->undo, ID_FORMER "'%s'", file->hash);
}

void new_name(struct job *job, long turn) { job->target = named(job->site, "new-%ld", turn); }

void drop_target(struct job *job, long turn) { (void)turn, drop(job, &job->target); }

/* ---- from and to local files ---- */

void write_plainly(const struct job *job)
{
    int descriptor = open(job->local, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (descriptor < 0 || write(descriptor, job->content, job->size) != job->size) fail("writing", job->local);
    close(descriptor);
}

/* A file that was just made, as uploads and variations are. */
static void new_file(struct job *job, long turn) { new_name(job, turn), write_plainly(job); }
static void drop_file(struct job *job, long turn) { drop_target(job, turn), unlink(job->local); }

static void read_local(struct job *job)
{
    struct stat there;
    int descriptor = open(job->local, O_RDONLY);
    long got = 0, n;
    /* What is written first tells how large it is. */
    if (fstat(descriptor, &there) || there.st_size != job->size) fail("reading", job->local);
    while ((n = read(descriptor, job->content + got, job->size - got)) > 0) got += n;
    if (got != job->size) fail("reading", job->local);
    close(descriptor);
}

static void file_rows(struct job *job, long turn) { read_local(job), store_rows(job, turn); }
static void file_bulk(struct job *job, long turn) { read_local(job), store_bulk(job, turn); }
static void file_text(struct job *job, long turn) { read_local(job), store_text(job, turn); }

/* A page that nobody has: claimed by a lock, looked up, stored, kept here, given free. */
static void generate(struct job *job, step *store)
{
    queryf(job->site->read, "SELECT GET_LOCK('%.32s', 0), (SELECT mtime FROM ezdbfile WHERE name_hash = '%.32s')", job->target.hash, job->target.hash);
    store(job, 0);
    write_plainly(job);
    queryf(job->site->read, "DO RELEASE_LOCK('%.32s')", job->target.hash);
}

static void miss_rows(struct job *job, long turn) { (void)turn, generate(job, store_rows); }
static void miss_text(struct job *job, long turn) { (void)turn, generate(job, store_text); }

/* ---- copying ---- */

void copy_file(struct job *job, const struct file *to)
{
    const struct file *from = &job->file;
    char *sql = job->scratch;
    if (job->site->hash)
        sprintf(sql, HASH_META "SELECT datatype, '%s', '%s', '%s', scope, size, mtime, 0 FROM ezdbfile WHERE name_hash = '%s' FOR UPDATE; "
                "INSERT INTO ezdbfile_data SELECT '%s', `offset`, filedata FROM ezdbfile_data WHERE name_hash = '%s'; COMMIT",
                to->name, to->name, to->hash, from->hash, to->hash, from->hash);
    else
        sprintf(sql, "SELECT @from := MAX(id) FROM ezdbfile WHERE name_hash = '%s' FOR UPDATE; "
                ID_META "SELECT datatype, '%s', '%s', scope, size, mtime FROM ezdbfile WHERE id = @from; SET @id = LAST_INSERT_ID(); "
                "INSERT INTO ezdbfile_data (masterid, filedata) SELECT @id, filedata FROM ezdbfile_data WHERE masterid = @from ORDER BY id; "
                ID_FORMER "'%s' AND f.id < @id; COMMIT", from->hash, to->name, to->hash, to->hash);
    query(job->site->write, sql);
}

static void copy(struct job *job, long turn) { (void)turn, copy_file(job, &job->target); }

/* ---- deleting ---- */

static void prepare_delete(struct job *job, long turn)
{
    prepare_file(job, turn);
    job->statements[ROWS] = prepare(job->site->read, job->site->hash
        ? "UPDATE ezdbfile SET mtime = -ABS(mtime), expired = 1 WHERE name_hash = ? AND expired = 0"
        : "UPDATE ezdbfile SET mtime = -ABS(mtime) WHERE name_hash = ? AND mtime > 0");
}

static void expire(struct job *job, long turn)
{
    (void)turn;
    execute(job->statements[ROWS], (MYSQL_BIND[]){text(job->file.hash)});
    if (mysql_stmt_affected_rows(job->statements[ROWS]) != 1) fail("deleting", "not one row");
}

void revive(struct job *job, long turn)
{
    (void)turn;
    queryf(job->site->undo, "UPDATE ezdbfile SET mtime = ABS(mtime)%s WHERE name_hash = '%s'", job->site->hash ? ", expired = 0" : "", job->file.hash);
}

const struct operation writing[] = {
    {"storeContents", prepare_store, new_name, drop_target, {{"rows", store_rows}, {"bulk", store_bulk}, {"one message", store_text}}},
    {"fileStore", prepare_store, new_file, drop_file, {{"rows", file_rows}, {"bulk", file_bulk}, {"one message", file_text}}},
    {"processCache_miss", prepare_store, new_name, drop_target, {{"rows", miss_rows}, {"one message", miss_text}}},
    {"fileCopy", prepare_file, new_name, drop_target, {{"one message", copy}}},
    {"fileDelete", prepare_delete, NULL, revive, {{"prepared", expire}}},
    {0},
};
