/*
 * The conversation with the driver: a line is a command, a line of JSON the answer. The same as that of
 * worker.php, where the commands are described.
 */
#include "limit.h"
#include <stdio.h>
#include <string.h>

enum { MOST_CALLS = 10000, WARM_UP = 100000 };

static double times[MOST_CALLS], least;

/* What one call took; none was before where least is 0. */
static double note(double time)
{
    if (!least || time < least) least = time;
    return time;
}

static void run(double budget, long calls, long *turn)
{
    double spent = 0, until, warm = now() + (2 * budget < WARM_UP ? 2 * budget : WARM_UP);
    long n = 0;
    /* As worker.php, where it says why. */
    while (now() < warm && least < 5e3) note(timed((*turn)++));
    until = now() + 4 * budget;
    do
        spent += times[n++] = note(timed((*turn)++));
    while (n < calls && n < MOST_CALLS && spent < budget && now() < until);
    printf("{\"us\":[");
    for (long i = 0; i < n; i++) printf("%s%.2f", i ? "," : "", times[i]);
    printf("]}\n");
}

int main(int argc, char **argv)
{
    char line[256], name[64];
    double budget;
    long size, rows, calls, turn = 0;

    connect_site(argc > 1 && !strcmp(argv[1], "hash"), 0);
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "setup %63s %ld %ld", name, &size, &rows) == 3) {
            const char *way = set_up(name, size, rows);
            least = 0;
            if (way) printf("{\"way\":\"%s\"}\n", way);
            else printf("{\"none\":true}\n");
        } else if (sscanf(line, "run %lf %ld", &budget, &calls) == 2) {
            run(budget, calls, &turn);
        } else {
            if (!strcmp(line, "before\n")) before(turn);
            if (!strcmp(line, "call\n")) {
                if (is_request()) call_on_request(turn);
                else call(turn);
            }
            if (!strcmp(line, "after\n")) after(turn++);
            if (!strcmp(line, "teardown\n")) tear_down();
            printf("{}\n");
        }
        fflush(stdout);
    }
    disconnect_site();
    return 0;
}
