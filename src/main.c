/* main.c - the command: reads its words, runs the job, tells what there is to tell. */
#include "octavo.h"
#include "options.h"
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* A command's memory is the system's to take back, which is faster than giving it back piece by piece. Not so
 * where something looks for what was lost. */
#ifdef __SANITIZE_ADDRESS__
enum { LEAVES_AT_ONCE = 0 };
#else
enum { LEAVES_AT_ONCE = 1 };
#endif

/* Of one code, as many messages are printed; the rest is counted. */
enum { PRINTED_MOST = 20, CODES_MOST = 256, PROGRESS_AFTER_MS = 500 };

struct tally {
    const char *code;
    int count;
};

/* What the command knows while the job runs. */
struct teller {
    const struct command *command;
    bool colour, progress;
    struct tally tallies[CODES_MOST];
    size_t codes;
    int report_failed;
    pthread_mutex_t lock; /* guards all below, and the terminal */
    pthread_cond_t changed;
    const char *step; /* what the job is at */
    bool shown;       /* the progress line stands on the terminal */
    bool done;
};

/* ---- messages */

/* How many there were of the code, this one counted. */
static int tally(struct teller *t, const char *code)
{
    size_t i = 0;
    while (i < t->codes && strcmp(t->tallies[i].code, code) != 0)
        i++;
    if (i == CODES_MOST)
        return 1;
    if (i == t->codes)
        t->tallies[t->codes++] = (struct tally){code, 0};
    return ++t->tallies[i].count;
}

static bool wanted(const struct command *c, enum octavo_severity s)
{
    return s >= OCTAVO_LOST || (s == OCTAVO_WARNING && !c->quiet) || (s == OCTAVO_NOTE && c->verbose);
}

static void clear_line(struct teller *t)
{
    if (t->shown)
        fputs("\r\033[K", stderr);
    t->shown = false;
}

static void print_message(const struct teller *t, const struct octavo_message *m)
{
    static const char *const names[] = {"note", "warning", "error", "error", "fatal error"};
    static const char *const colours[] = {"\033[36m", "\033[35m", "\033[31m", "\033[31m", "\033[1;31m"};
    const char *bold = t->colour ? "\033[1m" : "", *off = t->colour ? "\033[0m" : "";
    const char *colour = t->colour ? colours[m->severity] : "";
    fprintf(stderr, "%s%s", bold, m->file ? m->file : "octavo");
    if (m->line > 0)
        fprintf(stderr, ":%d", m->line);
    if (m->line > 0 && m->column > 0)
        fprintf(stderr, ":%d", m->column);
    fprintf(stderr, ":%s %s%s:%s %s [%s]\n", off, colour, names[m->severity], off, m->sentence, m->code);
}

static void on_message(const struct octavo_message *m, void *user)
{
    struct teller *t = user;
    if (!wanted(t->command, m->severity) || tally(t, m->code) > PRINTED_MOST)
        return;
    pthread_mutex_lock(&t->lock);
    clear_line(t);
    print_message(t, m);
    pthread_mutex_unlock(&t->lock);
}

static void print_rest(const struct teller *t)
{
    for (size_t i = 0; i < t->codes; i++)
        if (t->tallies[i].count > PRINTED_MOST)
            fprintf(stderr, "octavo: %d more like the last [%s]\n", t->tallies[i].count - PRINTED_MOST,
                    t->tallies[i].code);
}

/* ---- the report goes to standard output */

static void on_report(const char *text, size_t length, void *user)
{
    struct teller *t = user;
    if (fwrite(text, 1, length, stdout) != length || fflush(stdout) != 0)
        t->report_failed = 1;
}

/* ---- progress: a line on a terminal, once the work takes longer */

static void on_progress(const char *step, void *user)
{
    struct teller *t = user;
    pthread_mutex_lock(&t->lock);
    t->step = step;
    pthread_cond_signal(&t->changed);
    pthread_mutex_unlock(&t->lock);
}

static void show(struct teller *t)
{
    clear_line(t);
    fprintf(stderr, "%s: %s …", t->command->job.source, t->step ? t->step : "");
    fflush(stderr);
    t->shown = true;
}

static void *watch(void *user)
{
    struct teller *t = user;
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += PROGRESS_AFTER_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&t->lock);
    int rc = 0;
    while (!t->done && rc == 0)
        rc = pthread_cond_timedwait(&t->changed, &t->lock, &until);
    while (!t->done) {
        show(t);
        pthread_cond_wait(&t->changed, &t->lock);
    }
    clear_line(t);
    pthread_mutex_unlock(&t->lock);
    return NULL;
}

static void finish(struct teller *t)
{
    pthread_mutex_lock(&t->lock);
    t->done = true;
    pthread_cond_signal(&t->changed);
    pthread_mutex_unlock(&t->lock);
}

static int run(struct teller *t, struct octavo_options *o)
{
    pthread_t watcher;
    bool watched = t->progress && pthread_create(&watcher, NULL, watch, t) == 0;
    int status = octavo_run(o);
    if (watched) {
        finish(t);
        pthread_join(watcher, NULL);
    }
    print_rest(t);
    return t->report_failed && status < OCTAVO_SYSTEM ? OCTAVO_SYSTEM : status;
}

/* ---- where styles are found */

/* Folders to look for styles in: here, beside the program, where `make install` puts them. */
struct folders {
    char beside[PATH_MAX + 32], build[PATH_MAX + 32], installed[PATH_MAX + 32];
    const char *list[6];
};

static void find_folders(struct folders *f)
{
    size_t count = 0;
    char program[PATH_MAX];
    f->list[count++] = "styles";
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n > 0) {
        program[n] = '\0';
        char *slash = strrchr(program, '/');
        if (slash)
            *slash = '\0';
        snprintf(f->beside, sizeof f->beside, "%s/../styles", program);
        snprintf(f->build, sizeof f->build, "%s/../../styles", program);
        snprintf(f->installed, sizeof f->installed, "%s/../share/octavo/styles", program);
        f->list[count++] = f->beside;
        f->list[count++] = f->build;
        f->list[count++] = f->installed;
    }
    f->list[count++] = OCTAVO_STYLES;
    f->list[count] = NULL;
}

/* ---- memory */

/* Linux grants memory that it doesn't have, and kills who uses it. Beyond three quarters of the machine's,
 * and a gigabyte in any case, it shall refuse: then the job ends with a message. The address sanitizer needs
 * more addresses than there is memory. */
static void limit_memory(void)
{
#ifndef __SANITIZE_ADDRESS__
    static const rlim_t gigabyte = 1 << 30;
    long pages = sysconf(_SC_PHYS_PAGES), page_bytes = sysconf(_SC_PAGESIZE);
    struct rlimit limit;
    if (pages <= 0 || page_bytes <= 0 || getrlimit(RLIMIT_AS, &limit) != 0)
        return;
    rlim_t most = (rlim_t)pages * (rlim_t)page_bytes / 4 * 3;
    most = most < gigabyte ? gigabyte : most;
    if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur <= most)
        return;
    limit.rlim_cur = most;
    setrlimit(RLIMIT_AS, &limit);
#endif
}

/* ---- */

static int print_out(const char *const *parts)
{
    for (; *parts; parts++)
        if (fputs(*parts, stdout) < 0)
            return OCTAVO_SYSTEM;
    return fflush(stdout) == 0 ? 0 : OCTAVO_SYSTEM;
}

static int refuse(const struct teller *t)
{
    const struct command *c = t->command;
    bool system = strcmp(c->fault_code, "system.memory") == 0;
    print_message(t, &(struct octavo_message){system ? OCTAVO_SYSTEM : OCTAVO_USAGE, c->fault_code, NULL, 0,
                                              0, c->fault});
    return system ? OCTAVO_SYSTEM : OCTAVO_USAGE;
}

int main(int argc, char **argv)
{
    struct command c;
    struct folders folders;
    const char *terminal = getenv("TERM"), *no_colour = getenv("NO_COLOR");
    bool is_terminal = isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb") != 0;
    struct teller t = {.command = &c,
                       .colour = is_terminal && !(no_colour && *no_colour),
                       .lock = PTHREAD_MUTEX_INITIALIZER,
                       .changed = PTHREAD_COND_INITIALIZER};
    int status;
    if (command_read(&c, argc, argv) != 0) {
        status = refuse(&t);
    } else if (c.help || c.version) {
        static const char *const version[] = {"octavo " OCTAVO_VERSION "\n", NULL};
        status = print_out(c.help ? command_help : version);
    } else {
        limit_memory();
        find_folders(&folders);
        t.progress = is_terminal && !c.quiet;
        c.job.style_folders = folders.list;
        c.job.on_message = on_message;
        c.job.on_report = on_report;
        c.job.on_progress = on_progress;
        c.job.user = &t;
        c.job.last = LEAVES_AT_ONCE;
        status = run(&t, &c.job);
    }
    command_end(&c);
    if (LEAVES_AT_ONCE && fflush(NULL) == 0)
        _exit(status);
    return status;
}
