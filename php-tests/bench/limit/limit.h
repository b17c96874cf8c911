/*
 * The limit: what the database server allows a client that does nothing else. Connections that stay, statements
 * that are prepared, the tables and the durability of the extension.
 *
 *   main.c        the conversation with the driver
 *   php.c         functions of PHP instead
 *   steps.c       the steps of an operation, and the clock
 *   worker.c      a process that waits for requests
 *   database.c    connections, statements, sets of rows
 *   read.c        look-ups and reading
 *   write.c       storing, copying, deleting
 *   many.c        work on many files
 *   same.c        the statements of the extension
 *   same_files.c  what the extension does to local files, and the operations
 *
 * Each operation has one way or several. They are tried before it is measured, and the fastest one counts.
 * As a program it does what is possible, without PHP; as an extension of PHP, what ezdbfile does.
 */
#ifndef LIMIT_H
#define LIMIT_H

#include <mysql.h>
#include <stddef.h>

enum {
    CHUNK = 65535,      /* bytes of a data row, as the extension writes them */
    MESSAGE_ROWS = 16,  /* data rows of one statement: about 1 MiB */
    MESSAGE = 128 << 10,/* values of a larger message go ahead of it: see src/mysql/statement.rs */
    AHEAD = 8 << 10,    /* those from this length on */
    NAMES = 400,        /* files that look-ups take turns with: more than the extension remembers */
    WAYS = 4,
};

/* Where the tables are, and how. */
struct site {
    const char *root;   /* what names begin with */
    MYSQL *read;        /* every statement on its own */
    MYSQL *write;       /* in transactions without BEGIN: autocommit is off, and literals are bytes */
    MYSQL *undo;        /* what is not measured */
    int hash;           /* the layout: hash, or id */
};

struct file {
    char name[128];
    char hash[33];
};

/* What is being measured. */
struct job {
    struct site *site;
    long size, rows;
    char *content;      /* size bytes */
    char *scratch;      /* room for a message */
    struct file file;   /* is there, for reading */
    struct file *files; /* NAMES of them, for look-ups */
    struct file target; /* is not there */
    struct file claim;  /* as long as the target is made */
    char local[64];     /* the file on the disk */
    MYSQL_STMT *statements[6];
};

typedef void step(struct job *job, long turn);

struct operation {
    const char *name;
    step *prepare;                                      /* once; may be NULL, as the next two */
    step *before, *after;                               /* of every call, not measured */
    struct { const char *name; step *call; } ways[WAYS];
};

extern const struct operation reading[], writing[], many[], same[];

/* Where the bytes of a file go. */
struct sink {
    int descriptor;     /* -1: into memory, as one string; or where this is set: */
    void (*put)(const char *bytes, unsigned long length);
    char *memory;
    long length;
};

typedef void reader(struct job *, struct sink *);

/* steps.c */
/* Microseconds since some time. */
double now(void);
/* Connects; `same`: to do what the extension does. */
void connect_site(int hash, int same);
void disconnect_site(void);
/* Makes an operation ready; the name of its fastest way, none where there is no such operation. */
const char *set_up(const char *name, long size, long rows);
void before(long turn);
/* What is measured; of an operation that is a request, call_on_request(), which says how long it took. */
void call(long turn);
int is_request(void);
double call_on_request(long turn);
void after(long turn);
/* All three; how long the call took. */
double timed(long turn);
void tear_down(void);
/* One of the files that look-ups take turns with. */
const char *name_of(long turn);
/* Of the file with this hash of its name, as the extension does: looks it up, or reads it. */
long long stat_size(const char *hash);
void send_file(const char *hash, void (*put)(const char *bytes, unsigned long length));

/* worker.c */
/* As what comes before an operation: a process of its own does it when it is asked to, as those of php-fpm do. */
void on_request(struct job *job, long turn);
double request(step *work, struct job *job, long turn);
void end_worker(void);

/* database.c */
_Noreturn void fail(const char *what, const char *why);
MYSQL *open_connection(const char *charset, unsigned long flags);
void query(MYSQL *connection, const char *sql);
void queryf(MYSQL *connection, const char *format, ...) __attribute__((format(printf, 2, 3)));
void send_messages(MYSQL *connection, const char *sql, size_t length);
MYSQL_STMT *prepare(MYSQL *connection, const char *sql);
void execute(MYSQL_STMT *statement, MYSQL_BIND *parameters);
void fetch_only_row(MYSQL_STMT *statement);
MYSQL_BIND text(const char *bytes);
MYSQL_BIND blob(const char *bytes, unsigned long *length);
MYSQL_BIND number(long long *value);
struct file named(struct site *site, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* write.c */
void put(struct job *job, const struct file *file);
void copy_file(struct job *job, const struct file *to);
void drop(struct job *job, const struct file *file);
void prepare_store(struct job *job, long turn);
void write_plainly(const struct job *job);
void store_rows(struct job *job, long turn);
void new_name(struct job *job, long turn);
void drop_target(struct job *job, long turn);
void revive(struct job *job, long turn);

/* read.c */
void prepare_file(struct job *job, long turn);
void drain(MYSQL_STMT *statement, MYSQL_BIND *results, int column, struct sink *sink);
void to_memory(struct job *job, reader *read);
void local_read(struct job *job);
void without_local(struct job *job, long turn);

/* same.c */
MYSQL *open_connection_of_extension(void);
void read_whole(struct job *job, struct sink *sink);
long long look_up_size(struct job *job);

/* many.c */
enum { DIRECTORIES = 10, ROWS_OF_A_NODE = 20 };
void prefix_of(char *prefix, const struct job *job, long turn, int directory);
void revive_directories(struct job *job, long turn);

#endif
