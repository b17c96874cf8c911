/*
 * What the extension does, in C: see same.c (its statements) and same_files.c (local files and operations).
 */
#ifndef SAME_H
#define SAME_H

#include "limit.h"

/* Files up to this size go to the server together with the end of the transaction. */
enum { SMALL = 1536 };

/* The messages of one call, in their order. */
enum script { LOOK_UP, FIND, STORE, STORE_SMALL, STORE_TAIL, COPY, MOVE, DELETE, GENERATE, SCRIPTS };

long run(struct job *job, enum script script);
enum script store_of(const struct job *job);
void read_version(struct job *job, struct sink *sink);
void expire_directories(struct job *job, long turn);
void list_names(struct job *job, long turn);

/* same_files.c */
long read_source(char *room, long bytes);
void verify_source(void);

#endif
