/* Looking files up and reading them. */
#include "limit.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define META "datatype, scope, size, mtime"

enum { LOOK_UP, WHOLE, DATA, LOCAL_DIRECTORIES = 16, HUGE_PAGE = 2 << 20 };

/* ---- where the bytes go ---- */

static char chunk[CHUNK];

/* Room for the next chunk. */
static char *room(struct sink *sink) { return sink->descriptor < 0 && !sink->put ? sink->memory + sink->length : chunk; }

static void add(struct sink *sink, const char *bytes, unsigned long length)
{
    if (sink->put) {
        sink->put(bytes, length);
    } else if (sink->descriptor >= 0) {
        if (write(sink->descriptor, bytes, length) != (ssize_t)length) fail("writing", "not all of it");
    } else if (bytes != sink->memory + sink->length) {
        memcpy(sink->memory + sink->length, bytes, length);
    }
    sink->length += length;
}

/* ---- metadata ---- */

static char metadata[2][256];
static unsigned long metadata_length[2];
static long long numbers[2];

static void bind_metadata(MYSQL_BIND *results)
{
    for (int i = 0; i < 2; i++)
        results[i] = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING, .buffer = metadata[i], .buffer_length = sizeof metadata[i],
                                  .length = &metadata_length[i]};
    results[2] = number(&numbers[0]), results[3] = number(&numbers[1]);
}

static void look_up_file(struct job *job, const struct file *file)
{
    MYSQL_BIND key = text(file->hash);
    execute(job->statements[LOOK_UP], &key);
    fetch_only_row(job->statements[LOOK_UP]);
}

static void look_up(struct job *job, long turn) { look_up_file(job, &job->files[turn % NAMES]); }

static void prepare_look_up(struct job *job)
{
    MYSQL_BIND results[4];
    job->statements[LOOK_UP] = prepare(job->site->read, "SELECT " META " FROM ezdbfile WHERE name_hash = ?");
    bind_metadata(results);
    mysql_stmt_bind_result(job->statements[LOOK_UP], results);
}

static void prepare_names(struct job *job, long turn)
{
    (void)turn;
    prepare_look_up(job);
    job->files = malloc(NAMES * sizeof *job->files);
    for (int i = 0; i < NAMES; i++) {
        struct file *file = &job->files[i];
        *file = named(job->site, "names/%d", i);
        drop(job, file);
        queryf(job->site->undo, "INSERT INTO ezdbfile SET name = '%s', name_hash = '%s', scope = 'image', datatype = 'image/png', "
               "size = 100, mtime = 1700000000%s", file->name, file->hash, job->site->hash ? ", name_trunk = name" : "");
    }
}

/* ---- a whole file ---- */

static const char *whole_sql(const struct job *job)
{
    return job->site->hash
        ? "SELECT " META ", d.filedata FROM ezdbfile f INNER JOIN ezdbfile_data d ON d.name_hash = f.name_hash "
          "WHERE f.name_hash = ? ORDER BY d.`offset`"
        : "SELECT " META ", d.filedata FROM ezdbfile f INNER JOIN ezdbfile_data d ON d.masterid = f.id "
          "WHERE f.id = (SELECT MAX(id) FROM ezdbfile WHERE name_hash = ?) ORDER BY d.id";
}

void prepare_file(struct job *job, long turn)
{
    (void)turn;
    job->file = named(job->site, "file-%ld", job->size);
    prepare_store(job, 0);
    put(job, &job->file);
    for (int i = 0; i < 6; i++) if (job->statements[i]) mysql_stmt_close(job->statements[i]), job->statements[i] = NULL;
    prepare_look_up(job);
    job->statements[WHOLE] = prepare(job->site->read, whole_sql(job));
    job->statements[DATA] = prepare(job->site->read, job->site->hash
        ? "SELECT filedata FROM ezdbfile_data WHERE name_hash = ? ORDER BY `offset`"
        : "SELECT filedata FROM ezdbfile_data WHERE masterid = (SELECT MAX(id) FROM ezdbfile WHERE name_hash = ?) ORDER BY id");
}

/* Rows of a statement; the bytes are in the column with this number. */
void drain(MYSQL_STMT *statement, MYSQL_BIND *results, int column, struct sink *sink)
{
    unsigned long length;
    int status;
    for (;;) {
        results[column] = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_BLOB, .buffer = room(sink), .buffer_length = CHUNK, .length = &length};
        mysql_stmt_bind_result(statement, results);
        if ((status = mysql_stmt_fetch(statement))) break;
        add(sink, results[column].buffer, length);
    }
    if (status != MYSQL_NO_DATA) fail("reading rows", mysql_stmt_error(statement));
    mysql_stmt_free_result(statement);
}

static void read_joined(struct job *job, struct sink *sink)
{
    MYSQL_BIND key = text(job->file.hash), results[5];
    bind_metadata(results);
    execute(job->statements[WHOLE], &key);
    drain(job->statements[WHOLE], results, 4, sink);
}

static void read_twice(struct job *job, struct sink *sink)
{
    MYSQL_BIND key = text(job->file.hash), results[1];
    look_up_file(job, &job->file);
    execute(job->statements[DATA], &key);
    drain(job->statements[DATA], results, 0, sink);
}

static void read_text(struct job *job, struct sink *sink)
{
    const char *mark = strchr(whole_sql(job), '?');
    int length = snprintf(job->scratch, 1024, "%.*s'%s'%s", (int)(mark - whole_sql(job)), whole_sql(job), job->file.hash, mark + 1);
    MYSQL_RES *result;
    MYSQL_ROW row;
    if (mysql_real_query(job->site->read, job->scratch, length) || !(result = mysql_use_result(job->site->read)))
        fail("reading", mysql_error(job->site->read));
    while ((row = mysql_fetch_row(result))) add(sink, row[4], mysql_fetch_lengths(result)[4]);
    mysql_free_result(result);
}

/* ---- what is done with it ---- */

/* New memory for every call, as for a string of PHP: large ones in huge pages. */
void to_memory(struct job *job, reader *read)
{
    struct sink sink = {.descriptor = -1};
    size_t room = (job->size + CHUNK + HUGE_PAGE) & ~(size_t)(HUGE_PAGE - 1);
    int large = job->size >= HUGE_PAGE;
    char *all = large ? mmap(NULL, room + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) : malloc(job->size + CHUNK);
    if (!all || all == MAP_FAILED) fail("memory", "there is none");
    sink.memory = large ? (char *)(((size_t)all + HUGE_PAGE - 1) & ~(size_t)(HUGE_PAGE - 1)) : all;
    if (large) madvise(sink.memory, room, MADV_HUGEPAGE);
    read(job, &sink);
    if (sink.length != job->size || sink.memory[job->size - 1] != job->content[job->size - 1]) fail("reading", "other bytes");
    if (large) munmap(all, room + HUGE_PAGE);
    else free(all);
}

static void to_descriptor(struct job *job, reader *read, const char *path, int flags)
{
    struct sink sink = {.descriptor = open(path, flags, 0644)};
    if (sink.descriptor < 0) fail("opening", path);
    read(job, &sink);
    close(sink.descriptor);
    if (sink.length != job->size) fail("reading", "other bytes");
}

static void to_file(struct job *job, reader *read)
{
    char path[sizeof job->local + 4];
    snprintf(path, sizeof path, "%s.new", job->local);
    to_descriptor(job, read, path, O_WRONLY | O_CREAT | O_EXCL);
    if (rename(path, job->local)) fail("renaming", path);
}

static void to_output(struct job *job, reader *read) { to_descriptor(job, read, "/dev/null", O_WRONLY); }

void local_read(struct job *job)
{
    int descriptor = open(job->local, O_RDONLY);
    if (descriptor < 0 || read(descriptor, job->scratch, job->size) != job->size) fail("reading", job->local);
    close(descriptor);
}

/* Every one of NAMES files in turn, in several directories: the file system has more to do than in one. */
static void prepare_files(struct job *job, long turn)
{
    prepare_file(job, turn);
    job->files = malloc(NAMES * sizeof *job->files);
    for (int i = 0; i < NAMES; i++) {
        job->files[i] = named(job->site, "names/%d", i);
        copy_file(job, &job->files[i]);
    }
    for (int i = 0; i < LOCAL_DIRECTORIES; i++) {
        snprintf(job->local, sizeof job->local, "limit-%d", i);
        if (mkdir(job->local, 0755) && errno != EEXIST) fail("making a directory", job->local);
    }
}

static void next_file(struct job *job, long turn)
{
    job->file = job->files[turn % NAMES];
    snprintf(job->local, sizeof job->local, "limit-%ld/file-%ld", turn % LOCAL_DIRECTORIES, turn % NAMES);
}

void without_local(struct job *job, long turn) { (void)turn, unlink(job->local); }

static void fetch_joined(struct job *job, long turn) { (void)turn, to_memory(job, read_joined); }
static void fetch_twice(struct job *job, long turn) { (void)turn, to_memory(job, read_twice); }
static void fetch_text(struct job *job, long turn) { (void)turn, to_memory(job, read_text); }
static void file_joined(struct job *job, long turn) { (void)turn, to_file(job, read_joined); }
static void file_twice(struct job *job, long turn) { (void)turn, to_file(job, read_twice); }
static void file_text(struct job *job, long turn) { (void)turn, to_file(job, read_text); }
static void output_joined(struct job *job, long turn) { (void)turn, to_output(job, read_joined); }
static void output_twice(struct job *job, long turn) { (void)turn, to_output(job, read_twice); }
static void output_text(struct job *job, long turn) { (void)turn, to_output(job, read_text); }
static void remote_joined(struct job *job, long turn) { file_joined(job, turn), local_read(job); }
static void remote_text(struct job *job, long turn) { file_text(job, turn), local_read(job); }

static void prepare_hit(struct job *job, long turn) { prepare_names(job, turn), write_plainly(job); }
static void hit(struct job *job, long turn) { look_up(job, turn), local_read(job); }

const struct operation reading[] = {
    {"construct_stat", prepare_names, on_request, NULL, {{"prepared", look_up}}},
    {"stat", prepare_names, NULL, NULL, {{"prepared", look_up}}},
    {"exists", prepare_names, NULL, NULL, {{"prepared", look_up}}},
    {"fetchContents", prepare_file, NULL, NULL, {{"joined", fetch_joined}, {"two trips", fetch_twice}, {"text", fetch_text}}},
    {"fetch", prepare_file, without_local, NULL, {{"joined", file_joined}, {"two trips", file_twice}, {"text", file_text}}},
    {"passthrough", prepare_file, NULL, NULL, {{"joined", output_joined}, {"two trips", output_twice}, {"text", output_text}}},
    {"processCache_hit", prepare_hit, NULL, NULL, {{"prepared", hit}}},
    {"processCache_remote", prepare_files, next_file, without_local, {{"joined", remote_joined}, {"text", remote_text}}},
    {0},
};
