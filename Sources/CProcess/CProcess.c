// The child shares our memory until its exec (as after vfork, but we go on running): copying the page tables of a
// server would cost more than everything else together. Therefore it runs on a stack of its own, writes nowhere
// else, and makes its system calls directly, because errno lives in the thread that created it.
#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/// Exit code of a child that never ran its program; the reason travels on `control`.
static const int not_run = 127;

/// System call that returns a negative errno and touches no memory of ours.
static long call(long number, long a, long b, long c, long d, long e) {
#if defined(__x86_64__)
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = 0;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = 0;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
#else
#error "no system call sequence for this processor"
#endif
}

/// What the child needs beyond the plan.
struct start {
    const struct cprocess_plan *plan;
    int control, output, error;
};

static _Noreturn void fail(int control, int step, long result) {
    struct cprocess_failure failure = {step, (int32_t)-result};
    call(SYS_write, control, (long)&failure, sizeof failure, 0, 0);
    for (;;) call(SYS_exit_group, not_run, 0, 0, 0, 0);
}

static void reset_signals(void) {
    struct {
        void *handler;
        unsigned long flags;
        void *restorer;
        uint64_t mask;
    } action = {0};
    for (int number = 1; number <= 64; number++)
        call(SYS_rt_sigaction, number, (long)&action, 0, sizeof action.mask, 0);
    call(SYS_rt_sigprocmask, SIG_SETMASK, (long)&action.mask, 0, sizeof action.mask, 0);
}

static long set_streams(const struct start *start) {
    long null = call(SYS_openat, AT_FDCWD, (long)"/dev/null", O_RDONLY, 0, 0);
    if (null < 0) return null;
    long result = call(SYS_dup3, null, 0, 0, 0, 0);
    if (result >= 0) result = call(SYS_dup3, start->output, 1, 0, 0, 0);
    if (result >= 0) result = call(SYS_dup3, start->error, 2, 0, 0, 0);
    if (result >= 0 && start->control > 3) result = call(SYS_close_range, 3, start->control - 1, 0, 0, 0);
    if (result >= 0) result = call(SYS_close_range, start->control + 1, ~0U, 0, 0, 0);
    return result;
}

static long set_limit(pid_t pid, const struct cprocess_limit *limit) {
    uint64_t wanted[2] = {limit->soft, limit->hard}, present[2];
    long result = call(SYS_prlimit64, pid, limit->resource, (long)wanted, 0, 0);
    if (result != -EPERM) return result;
    result = call(SYS_prlimit64, pid, limit->resource, 0, (long)present, 0);
    if (result < 0) return result;
    if (wanted[1] > present[1]) wanted[1] = present[1];
    if (wanted[0] > wanted[1]) wanted[0] = wanted[1];
    return call(SYS_prlimit64, pid, limit->resource, (long)wanted, 0, 0);
}

static long set_user(const struct cprocess_plan *plan) {
    long result = 0;
    if (plan->changes_user) {
        result = call(SYS_setgroups, plan->group_count, (long)plan->groups, 0, 0, 0);
        if (result >= 0) result = call(SYS_setresgid, plan->group, plan->group, plan->group, 0, 0);
        if (result >= 0) result = call(SYS_setresuid, plan->user, plan->user, plan->user, 0, 0);
    }
    if (result >= 0 && !plan->keeps_powers) {
        // Ambient capabilities of a service would else pass to the job; without permitted ones there are none.
        struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
        struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
        result = call(SYS_capset, (long)&header, (long)none, 0, 0, 0);
    }
    if (result >= 0) result = call(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    return result;
}

static long run(const struct cprocess_plan *plan) {
    long denied = 0, result = -ENOENT;
    for (const char *const *path = plan->candidates; *path; path++) {
        result = call(SYS_execve, (long)*path, (long)plan->arguments, (long)plan->environment, 0, 0);
        if (result == -EACCES) denied = result;
        else if (result != -ENOENT && result != -ENOTDIR) return result;
    }
    return denied ? denied : result;
}

static int child_main(void *argument) {
    const struct start *start = argument;
    const struct cprocess_plan *plan = start->plan;
    const int control = start->control;
    long result;

    reset_signals();
    if ((result = call(SYS_setsid, 0, 0, 0, 0, 0)) < 0) fail(control, CPROCESS_SESSION, result);
    call(SYS_umask, 077, 0, 0, 0, 0);
    if ((result = set_streams(start)) < 0) fail(control, CPROCESS_STREAMS, result);
    for (size_t n = 0; n < plan->limit_count; n++)
        if ((result = set_limit(0, &plan->limits[n])) < 0) fail(control, CPROCESS_LIMITS, result);

    char go;
    do result = call(SYS_read, control, (long)&go, 1, 0, 0);
    while (result == -EINTR);
    if (result != 1) for (;;) call(SYS_exit_group, not_run, 0, 0, 0, 0);  // the server gave up or died

    // Only now the job's user: until here he may not even signal a process that shares the server's memory.
    if ((result = set_user(plan)) < 0) fail(control, CPROCESS_USER, result);
    if ((result = call(SYS_chdir, (long)plan->directory, 0, 0, 0, 0)) < 0) fail(control, CPROCESS_DIRECTORY, result);
    fail(control, CPROCESS_EXEC, run(plan));
}

static void close_all(int (*pairs)[2]) {
    for (int n = 0; n < 3; n++)
        for (int end = 0; end < 2; end++)
            if (pairs[n][end] >= 0) close(pairs[n][end]);
}

int cprocess_start(const struct cprocess_plan *plan, struct cprocess_child *child) {
    int pairs[3][2] = {{-1, -1}, {-1, -1}, {-1, -1}};  // control, output, error: ours, the child's
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pairs[0]) || pipe2(pairs[1], O_CLOEXEC)
        || pipe2(pairs[2], O_CLOEXEC)) {
        int error = errno;
        close_all(pairs);
        return error;
    }
    for (int n = 0; n < 3; n++) fcntl(pairs[n][0], F_SETFL, O_NONBLOCK);

    // Kept on the child's own stack: this frame may be gone when it runs.
    struct start *start = (struct start *)plan->stack;
    *start = (struct start){plan, pairs[0][1], pairs[1][1], pairs[2][1]};

    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);  // none of our handlers may run in the child
    int pidfd = -1;
    char *top = (char *)plan->stack + plan->stack_size;
    pid_t pid = clone(child_main, top, CLONE_VM | CLONE_PIDFD | SIGCHLD, start, &pidfd);
    int error = pid < 0 ? errno : 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (error) {
        close_all(pairs);
        return error;
    }
    for (int n = 0; n < 3; n++) close(pairs[n][1]);
    *child = (struct cprocess_child){pid, pidfd, pairs[0][0], pairs[1][0], pairs[2][0]};
    return 0;
}

int cprocess_release(int control) {
    return send(control, "", 1, MSG_NOSIGNAL) == 1 ? 0 : errno;
}

int cprocess_reap(pid_t pid, struct cprocess_end *end) {
    siginfo_t info = {0};
    if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG)) return -errno;
    if (info.si_pid == 0) return 0;
    *end = (struct cprocess_end){info.si_code, info.si_status};
    return 1;
}

int cprocess_become_subreaper(void) {
    int descriptor;
    do descriptor = open("/dev/null", O_RDWR);  // 0 to 2 without close-on-exec, as they should be
    while (descriptor >= 0 && descriptor < 3);
    if (descriptor < 0) return errno;
    close(descriptor);
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) ? errno : 0;
}

int cprocess_set_tag(pid_t pid, uint64_t value) {
    struct cprocess_limit limit = {value, value, RLIMIT_RTTIME};
    return (int)-set_limit(pid, &limit);
}

static int child_events = -1;
static struct sigaction found_action;

static void child_ended(int number, siginfo_t *info, void *context) {
    int error = errno;
    uint64_t one = 1;
    ssize_t written = write(child_events, &one, sizeof one);
    (void)written;
    if (found_action.sa_flags & SA_SIGINFO) found_action.sa_sigaction(number, info, context);
    else if (found_action.sa_handler != SIG_DFL && found_action.sa_handler != SIG_IGN) found_action.sa_handler(number);
    errno = error;
}

static void install_child_events(void) {
    int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    child_events = descriptor < 0 ? -errno : descriptor;
    if (descriptor < 0) return;
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_RESTART | SA_NOCLDSTOP};
    action.sa_sigaction = child_ended;
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGCHLD, NULL, &found_action) || sigaction(SIGCHLD, &action, NULL)) {
        close(descriptor);
        child_events = -errno;
    }
}

int cprocess_child_events(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, install_child_events);
    return child_events;
}
