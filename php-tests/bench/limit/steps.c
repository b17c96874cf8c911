/* The steps of one operation. main.c has them done as the limit, php.c within PHP. */
#include "limit.h"
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TRIALS = 5 };

static struct site site;
static struct job job;
static const struct operation *operation;
static int way, as_extension;

double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

void connect_site(int hash, int same)
{
    as_extension = same;
    site = (struct site){.hash = hash, .root = same ? "var/same" : "var/limit"};
    job.site = &site;
    site.undo = open_connection("binary", CLIENT_MULTI_STATEMENTS);
    if (same) {
        /* PHP keeps the memory of one call for the next one. */
        mallopt(M_MMAP_THRESHOLD, 32 << 20), mallopt(M_TRIM_THRESHOLD, 1 << 30);
        site.read = site.write = open_connection_of_extension();
    } else {
        site.read = open_connection("binary", CLIENT_MULTI_STATEMENTS);
        site.write = open_connection("binary", CLIENT_MULTI_STATEMENTS);
        query(site.write, "SET autocommit = 0");
    }
}

const char *name_of(long turn) { return job.files[turn % NAMES].name; }

long long stat_size(const char *hash)
{
    memcpy(job.target.hash, hash, sizeof job.target.hash);
    return look_up_size(&job);
}

void send_file(const char *hash, void (*put)(const char *bytes, unsigned long length))
{
    struct sink sink = {.descriptor = -1, .put = put};
    memcpy(job.file.hash, hash, sizeof job.file.hash);
    read_whole(&job, &sink);
}

void disconnect_site(void)
{
    if (site.write != site.read) mysql_close(site.write);
    mysql_close(site.read), mysql_close(site.undo);
}

void before(long turn)
{
    if (operation->before) operation->before(&job, turn);
}

void call(long turn) { operation->ways[way].call(&job, turn); }

int is_request(void) { return operation->before == on_request; }

double call_on_request(long turn) { return request(operation->ways[way].call, &job, turn); }

void after(long turn)
{
    if (operation->after) operation->after(&job, turn);
}

double timed(long turn)
{
    double start, took;
    before(turn);
    start = now();
    if (is_request()) {
        took = call_on_request(turn);
    } else {
        call(turn);
        took = now() - start;
    }
    after(turn);
    return took;
}

/* The way with the fastest call. Slow ones are not tried as often. */
static int fastest(void)
{
    double least[WAYS];
    long turn = 0;
    int best = 0;
    for (way = 0; way < WAYS && operation->ways[way].call; way++) {
        double total = 0;
        int trial;
        for (trial = 0; trial < TRIALS * 4 && (trial < 2 || total < 50e3 || (trial < TRIALS && total < 2e6)); trial++) {
            double took = timed(turn++);
            total += took;
            if (trial < 1 || took < least[way]) least[way] = took;
        }
        if (least[way] < least[best]) best = way;
    }
    return best;
}

static const struct operation *find(const char *name)
{
    const struct operation *lists[] = {reading, writing, many, same}, *found;
    for (int i = as_extension ? 3 : 0; i < (as_extension ? 4 : 3); i++)
        for (found = lists[i]; found->name; found++)
            if (!strcmp(found->name, name)) return found;
    return NULL;
}

static void make_content(void)
{
    unsigned long long x = 88172645463325252ull;
    strcpy(job.local, "limit-file");
    job.content = malloc(job.size + 8);
    job.scratch = malloc(4 << 20);
    if (!job.content || !job.scratch) fail("memory", "there is none");
    for (long i = 0; i < job.size; i += 8) {
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        memcpy(job.content + i, &x, 8);
    }
}

const char *set_up(const char *name, long size, long rows)
{
    if (!(operation = find(name))) return NULL;
    job = (struct job){.site = &site, .size = size, .rows = rows};
    make_content();
    if (operation->prepare) operation->prepare(&job, 0);
    /* The same in C has one way, which worker.php calls a few times. */
    way = as_extension ? 0 : fastest();
    return operation->ways[way].name;
}

void tear_down(void)
{
    end_worker();
    for (size_t i = 0; i < sizeof job.statements / sizeof *job.statements; i++)
        if (job.statements[i]) mysql_stmt_close(job.statements[i]);
    if (job.file.hash[0]) drop(&job, &job.file);
    if (job.target.hash[0]) drop(&job, &job.target);
    for (int i = 0; job.files && i < NAMES; i++) drop(&job, &job.files[i]);
    free(job.content), free(job.scratch), free(job.files);
    unlink(job.local);
}
