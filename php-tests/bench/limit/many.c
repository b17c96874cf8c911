/* Work on many files: those that the driver has filled the tables with, see Tables.php. */
#include "limit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- deleting ten directories ---- */

void prefix_of(char *prefix, const struct job *job, long turn, int directory)
{
    long node = 1 + turn * 37 % (job->rows / 2 / ROWS_OF_A_NODE - 1);
    sprintf(prefix, "var/site/cache/content/sa%d/%ld/%ld/%ld-", directory, node % 10, node / 10 % 10, node);
}

static int update_sql(char *sql, const struct job *job)
{
    return sprintf(sql, "UPDATE ezdbfile SET mtime = -ABS(mtime)%s WHERE %s AND (", job->site->hash ? ", expired = 1" : "",
                   job->site->hash ? "expired = 0" : "mtime > 0");
}

static void update_like(struct job *job, long turn)
{
    char prefix[128], *sql = job->scratch;
    int length = update_sql(sql, job);
    for (int i = 0; i < DIRECTORIES; i++) {
        prefix_of(prefix, job, turn, i);
        length += sprintf(sql + length, "%sname LIKE '%s%%'", i ? " OR " : "", prefix);
    }
    sprintf(sql + length, ")");
    query(job->site->read, sql);
}

/* One transaction of ten statements in one message. */
static void update_each(struct job *job, long turn)
{
    char prefix[128], *sql = job->scratch;
    int length = 0;
    for (int i = 0; i < DIRECTORIES; i++) {
        prefix_of(prefix, job, turn, i);
        length += update_sql(sql + length, job);
        length += sprintf(sql + length, "name LIKE '%s%%'); ", prefix);
    }
    sprintf(sql + length, "COMMIT");
    query(job->site->write, sql);
}

void revive_directories(struct job *job, long turn)
{
    char prefix[128];
    unsigned long long changed = 0;
    for (int i = 0; i < DIRECTORIES; i++) {
        prefix_of(prefix, job, turn, i);
        queryf(job->site->undo, "UPDATE ezdbfile SET mtime = ABS(mtime)%s WHERE mtime < 0 AND name LIKE '%s%%'",
               job->site->hash ? ", expired = 0" : "", prefix);
        changed += mysql_affected_rows(job->site->undo);
    }
    if (changed != ROWS_OF_A_NODE) fail("deleting directories", "another number of rows");
}

/* ---- names of all files, each in a string of its own ---- */

static void list(struct job *job, long turn)
{
    long count = 0, room = 1 << 20;
    char **names = malloc(room * sizeof *names);
    MYSQL_RES *result;
    MYSQL_ROW row;
    (void)turn;
    if (mysql_query(job->site->read, "SELECT name FROM ezdbfile") || !(result = mysql_use_result(job->site->read)))
        fail("listing", mysql_error(job->site->read));
    while ((row = mysql_fetch_row(result))) {
        size_t length = mysql_fetch_lengths(result)[0] + 1;
        if (count == room && !(names = realloc(names, (room *= 2) * sizeof *names))) fail("memory", "there is none");
        names[count] = malloc(length);
        memcpy(names[count++], row[0], length);
    }
    mysql_free_result(result);
    if (count < job->rows) fail("listing", "names are missing");
    while (count) free(names[--count]);
    free(names);
}

const struct operation many[] = {
    {"dirlist", NULL, NULL, revive_directories, {{"one statement", update_like}, {"one message", update_each}}},
    {"getFileList", NULL, NULL, NULL, {{"text", list}}},
    {0},
};
