/*
 * A process that waits for requests. What php-fpm does begins when a worker is woken by a client, which then
 * sleeps, and the server's thread has slept, too: a round trip takes longer then than between two
 * processes that are awake.
 */
#include "limit.h"
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a client of php-fpm does between two requests, in microseconds. */
enum { BETWEEN = 100 };

static pid_t worker;
static int line;

void on_request(struct job *job, long turn) { (void)job, (void)turn; }

/* The connections of this process are the worker's until it ends. */
static void serve(int from, step *work, struct job *job)
{
    long turn;
    while (read(from, &turn, sizeof turn) == sizeof turn) {
        double took = now();
        work(job, turn);
        took = now() - took;
        if (write(from, &took, sizeof took) != sizeof took) break;
    }
    _exit(0);
}

/* Has the work done by the worker, which is started for it; the time that it took there. */
double request(step *work, struct job *job, long turn)
{
    double took, end = now() + BETWEEN;
    int ends[2];
    if (!worker) {
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends)) fail("a pair of sockets", "there is none");
        if (!(worker = fork())) close(ends[0]), serve(ends[1], work, job);
        if (worker < 0) fail("a process", "there is none");
        close(ends[1]), line = ends[0];
    }
    while (now() < end) continue;
    if (write(line, &turn, sizeof turn) != sizeof turn || read(line, &took, sizeof took) != sizeof took)
        fail("the worker", "it has died");
    return took;
}

void end_worker(void)
{
    if (!worker) return;
    close(line);
    waitpid(worker, NULL, 0);
    worker = 0;
}
