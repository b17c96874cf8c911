/* The operations of same.c, and what the extension does to local files. */
#define _GNU_SOURCE
#include "same.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DIRECTORY "var/site/storage/images/same/"

enum { LOCAL_DIRECTORIES = 16, CHECKED = 3 };

static int checked, swapped;

/* ---- what is there before ---- */

static void store_as(struct job *job, const struct file *file)
{
    struct file target = job->target;
    drop(job, file);
    job->target = *file;
    run(job, store_of(job));
    job->target = target;
}

static void prepare_one(struct job *job, long turn)
{
    (void)turn;
    checked = swapped = 0;
    job->file = named(job->site, "file-%ld", job->size);
    store_as(job, &job->file);
}

static void prepare_many(struct job *job, long turn)
{
    prepare_one(job, turn);
    job->files = malloc(NAMES * sizeof *job->files);
    for (int i = 0; i < NAMES; i++) {
        job->files[i] = named(job->site, "names/%d", i);
        store_as(job, &job->files[i]);
    }
}

/* Directories as deep as those of a site. */
static void prepare_directories(void)
{
    char path[64];
    for (int i = 0; i < LOCAL_DIRECTORIES; i++) {
        sprintf(path, DIRECTORY "%d/", i);
        for (char *slash = path; (slash = strchr(slash, '/')); slash++) {
            *slash = 0;
            if (mkdir(path, 0777) && errno != EEXIST) fail("making a directory", path);
            *slash = '/';
        }
    }
}

static void set_local(struct job *job, long turn)
{
    snprintf(job->local, sizeof job->local, DIRECTORY "%ld/%ld.png", turn % LOCAL_DIRECTORIES, turn % NAMES);
}

static void prepare_local(struct job *job, long turn) { prepare_directories(), prepare_one(job, turn), set_local(job, 0); }

static void next_file(struct job *job, long turn)
{
    job->file = job->target = job->files[turn % NAMES];
    set_local(job, turn);
}

/* ---- local files ---- */

static int source = -1;

/* Bytes of the file that is being stored; 0 when none is. */
long read_source(char *room, long bytes)
{
    long got = 0, n;
    if (source < 0) return 0;
    while (got < bytes && (n = read(source, room + got, bytes - got)) > 0) got += n;
    if (got != bytes) fail("reading", "not all of it");
    return got;
}

/* It did not grow, and nobody touched it. */
void verify_source(void)
{
    struct stat now;
    char more;
    if (source >= 0 && (read(source, &more, 1) || fstat(source, &now))) fail("reading", "the file has changed");
}

static void store_local(struct job *job)
{
    struct stat before;
    if (stat(job->local, &before) || (source = open(job->local, O_RDONLY | O_CLOEXEC)) < 0 || fstat(source, &before))
        fail("opening", job->local);
    lseek(source, 0, SEEK_SET);
    run(job, store_of(job));
    close(source);
    source = -1;
}

static struct stat there;

static int is_there(const struct job *job) { return !stat(job->local, &there); }

/* What is kept under a temporary name until it is whole. */
static int open_temporary(const struct job *job, char *path)
{
    int length = strrchr(job->local, '/') - job->local, descriptor;
    sprintf(path, "%.*s/.same-0123-0123456789abcdef.tmp", length, job->local);
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) fail("opening", path);
    return descriptor;
}

static void publish(const struct job *job, int descriptor, const char *path)
{
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 1700000000, .tv_nsec = 123456789}};
    if (fchmod(descriptor, 0666) || futimens(descriptor, times)) fail("stamping", path);
    if (lseek(descriptor, 0, SEEK_END) != job->size) fail("writing", "not all of it");
    if (close(descriptor) || rename(path, job->local)) fail("renaming", path);
}

static void write_local(struct job *job)
{
    char path[2 * sizeof job->local];
    int descriptor = open_temporary(job, path);
    if (write(descriptor, job->content, job->size) != job->size) fail("writing", path);
    publish(job, descriptor, path);
}

static void fetch_local(struct job *job, reader *read)
{
    char path[2 * sizeof job->local];
    struct sink sink = {.descriptor = open_temporary(job, path)};
    read(job, &sink);
    publish(job, sink.descriptor, path);
}

/* ---- checks ---- */

/* Reads in the first calls what was written. */
static void check_target(struct job *job)
{
    struct file file = job->file;
    if (checked++ >= CHECKED) return;
    job->file = job->target;
    to_memory(job, read_whole);
    job->file = file;
}

static void check_and_drop(struct job *job, long turn) { check_target(job), drop_target(job, turn); }

static void check_drop_unlink(struct job *job, long turn) { check_and_drop(job, turn), unlink(job->local); }

/* ---- operations ---- */

static void look_up(struct job *job, long turn)
{
    (void)turn;
    if (run(job, LOOK_UP) != 1) fail("looking up", "not one row");
}

static void fetch_contents(struct job *job, long turn) { (void)turn, to_memory(job, read_whole); }

static void fetch(struct job *job, long turn)
{
    (void)turn;
    if (is_there(job)) fail("fetching", "the file is there already");
    fetch_local(job, read_whole);
}

static void pass_through(struct job *job, long turn)
{
    static int output = -1;
    struct sink sink = {.descriptor = output >= 0 ? output : (output = open("/dev/null", O_WRONLY))};
    (void)turn;
    read_whole(job, &sink);
    if (sink.length != job->size) fail("reading", "other bytes");
}

static void prepare_store_contents(struct job *job, long turn) { (void)job, (void)turn, checked = 0; }
static void store_contents(struct job *job, long turn) { (void)turn, run(job, store_of(job)); }

static void prepare_file_store(struct job *job, long turn)
{
    (void)turn;
    checked = 0;
    prepare_directories(), set_local(job, 0);
}

/* A file that was just made, as uploads and variations are. */
static void new_file(struct job *job, long turn) { new_name(job, turn), write_plainly(job); }

static void file_store(struct job *job, long turn) { (void)turn, store_local(job); }

static void copy(struct job *job, long turn) { (void)turn, run(job, COPY); }

static void prepare_move(struct job *job, long turn) { prepare_one(job, turn), job->target = named(job->site, "moved-%ld", job->size); }

/* There and back in turns. */
static void swap(struct job *job, long turn)
{
    struct file file = job->file;
    (void)turn;
    if (swapped) job->file = job->target, job->target = file;
}

static void move(struct job *job, long turn) { (void)turn, run(job, MOVE), swapped = 1; }
static void check_moved(struct job *job, long turn) { (void)turn, check_target(job); }

static void delete(struct job *job, long turn)
{
    (void)turn;
    if (run(job, DELETE) != 1) fail("deleting", "not one row");
}

static void prepare_hit(struct job *job, long turn)
{
    prepare_directories(), prepare_many(job, turn);
    for (int i = 0; i < NAMES; i++) set_local(job, i), unlink(job->local), write_local(job);
}

static void hit(struct job *job, long turn)
{
    (void)turn;
    if (!is_there(job) || there.st_size != job->size) fail("looking at", job->local);
    if (run(job, FIND) != 1) fail("looking up", "not one row");
    local_read(job);
}

static void prepare_remote(struct job *job, long turn)
{
    prepare_hit(job, turn);
    for (int i = 0; i < NAMES; i++) set_local(job, i), unlink(job->local);
}

static void remote(struct job *job, long turn)
{
    (void)turn;
    if (is_there(job)) fail("fetching", "the file is there already");
    fetch_local(job, read_version);
    local_read(job);
}

static void prepare_miss(struct job *job, long turn) { (void)job, (void)turn, checked = 0, prepare_directories(); }

static void new_claim(struct job *job, long turn)
{
    new_name(job, turn);
    job->claim = named(job->site, "new-%ld.generating", turn);
    set_local(job, turn);
    unlink(job->local);
}

static void miss(struct job *job, long turn)
{
    (void)turn;
    if (is_there(job)) fail("generating", "the file is there already");
    run(job, GENERATE);
    write_local(job);
}

#define WAY(call) {{"same", call}}

const struct operation same[] = {
    {"stat", prepare_many, next_file, NULL, WAY(look_up)},
    {"exists", prepare_many, next_file, NULL, WAY(look_up)},
    {"fetchContents", prepare_one, NULL, NULL, WAY(fetch_contents)},
    {"fetch", prepare_local, without_local, NULL, WAY(fetch)},
    {"passthrough", prepare_one, NULL, NULL, WAY(pass_through)},
    {"storeContents", prepare_store_contents, new_name, check_and_drop, WAY(store_contents)},
    {"fileStore", prepare_file_store, new_file, check_drop_unlink, WAY(file_store)},
    {"fileCopy", prepare_one, new_name, check_and_drop, WAY(copy)},
    {"fileMove", prepare_move, swap, check_moved, WAY(move)},
    {"fileDelete", prepare_one, NULL, revive, WAY(delete)},
    {"dirlist", NULL, NULL, revive_directories, WAY(expire_directories)},
    {"getFileList", NULL, NULL, NULL, WAY(list_names)},
    {"processCache_hit", prepare_hit, next_file, NULL, WAY(hit)},
    {"processCache_remote", prepare_remote, next_file, without_local, WAY(remote)},
    {"processCache_miss", prepare_miss, new_claim, check_drop_unlink, WAY(miss)},
    {0},
};
