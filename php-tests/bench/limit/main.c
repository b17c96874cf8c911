/*
 * The conversation with the driver: a line is a command, a line of JSON the answer. The same as that of
 * worker.php, where the commands are described.
 */
#include "limit.h"
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TRIALS = 5, MOST_CALLS = 10000 };

static double times[MOST_CALLS], last;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

/* How long it took. */
static double call(struct job *job, const struct operation *operation, int way, long turn)
{
    double start = now();
    if (operation->before == on_request) return request(operation->ways[way].call, job, turn);
    operation->ways[way].call(job, turn);
    return now() - start;
}

static double timed(struct job *job, const struct operation *operation, int way, long turn)
{
    if (operation->before) operation->before(job, turn);
    last = call(job, operation, way, turn);
    if (operation->after) operation->after(job, turn);
    return last;
}

/* The way with the fastest call. Slow ones are not tried as often. */
static int fastest(struct job *job, const struct operation *operation, long *turn)
{
    double least[WAYS];
    int best = 0, way;
    for (way = 0; way < WAYS && operation->ways[way].call; way++) {
        double total = 0;
        int trial;
        for (trial = 0; trial < TRIALS * 4 && (trial < 2 || total < 50e3 || (trial < TRIALS && total < 2e6)); trial++) {
            double took = timed(job, operation, way, (*turn)++);
            total += took;
            if (trial < 1 || took < least[way]) least[way] = took;
        }
        if (least[way] < least[best]) best = way;
    }
    return best;
}

static const struct operation *find(const char *name, int as_extension)
{
    const struct operation *lists[] = {reading, writing, many, same}, *operation;
    for (int i = as_extension ? 3 : 0; i < (as_extension ? 4 : 3); i++)
        for (operation = lists[i]; operation->name; operation++)
            if (!strcmp(operation->name, name)) return operation;
    return NULL;
}

static void make_content(struct job *job)
{
    unsigned long long x = 88172645463325252ull;
    strcpy(job->local, "limit-file");
    job->content = malloc(job->size + 8);
    job->scratch = malloc(4 << 20);
    if (!job->content || !job->scratch) fail("memory", "there is none");
    for (long i = 0; i < job->size; i += 8) {
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        memcpy(job->content + i, &x, 8);
    }
}

static void finish(struct job *job)
{
    end_worker();
    for (size_t i = 0; i < sizeof job->statements / sizeof *job->statements; i++)
        if (job->statements[i]) mysql_stmt_close(job->statements[i]);
    if (job->file.hash[0]) drop(job, &job->file);
    if (job->target.hash[0]) drop(job, &job->target);
    for (int i = 0; job->files && i < NAMES; i++) drop(job, &job->files[i]);
    free(job->content), free(job->scratch), free(job->files);
    unlink(job->local);
}

static void run(struct job *job, const struct operation *operation, int way, double budget, long calls, long *turn)
{
    double spent = 0, end = now() + 4 * budget;
    long n = 0;
    /* Everybody has slept meanwhile: the processor, the server's thread, this process. */
    for (int warm = 0; warm < 2 && last < 5e3; warm++) timed(job, operation, way, (*turn)++);
    do
        spent += times[n++] = timed(job, operation, way, (*turn)++);
    while (n < calls && n < MOST_CALLS && spent < budget && now() < end);
    printf("{\"us\":[");
    for (long i = 0; i < n; i++) printf("%s%.2f", i ? "," : "", times[i]);
    printf("]}\n");
}

int main(int argc, char **argv)
{
    int as_extension = argc > 2 && !strcmp(argv[2], "same");
    struct site site = {.hash = argc > 1 && !strcmp(argv[1], "hash"), .root = as_extension ? "var/same" : "var/limit"};
    struct job job = {.site = &site};
    const struct operation *operation = NULL;
    char line[256], name[64];
    double budget;
    long size, rows, calls, turn = 0;
    int way = 0;

    site.undo = open_connection("binary", CLIENT_MULTI_STATEMENTS);
    if (as_extension) {
        /* PHP keeps the memory of one call for the next one. */
        mallopt(M_MMAP_THRESHOLD, 32 << 20), mallopt(M_TRIM_THRESHOLD, 1 << 30);
        site.read = site.write = open_connection_of_extension();
    } else {
        site.read = open_connection("binary", CLIENT_MULTI_STATEMENTS);
        site.write = open_connection("binary", CLIENT_MULTI_STATEMENTS);
        query(site.write, "SET autocommit = 0");
    }
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "setup %63s %ld %ld", name, &size, &rows) == 3) {
            if (!(operation = find(name, as_extension))) {
                printf("{\"none\":true}\n");
            } else {
                job = (struct job){.site = &site, .size = size, .rows = rows};
                make_content(&job);
                if (operation->prepare) operation->prepare(&job, turn);
                way = fastest(&job, operation, &turn);
                printf("{\"way\":\"%s\"}\n", operation->ways[way].name);
            }
        } else if (sscanf(line, "run %lf %ld", &budget, &calls) == 2) {
            run(&job, operation, way, budget, calls, &turn);
        } else {
            if (!strcmp(line, "before\n") && operation->before) operation->before(&job, turn);
            if (!strcmp(line, "call\n")) call(&job, operation, way, turn);
            if (!strcmp(line, "after\n") && operation->after) operation->after(&job, turn);
            if (!strcmp(line, "after\n")) turn++;
            if (!strcmp(line, "teardown\n")) finish(&job);
            printf("{}\n");
        }
        fflush(stdout);
    }
    if (site.write != site.read) mysql_close(site.write);
    mysql_close(site.read), mysql_close(site.undo);
    return 0;
}
