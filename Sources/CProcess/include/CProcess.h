// What Swift cannot do between fork and exec, and the few Linux calls its Glibc module does not offer.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/pidfd.h>
#include <sys/types.h>

/// One resource limit; resource is an RLIMIT_ constant. A hard limit above ours is lowered to it.
struct cprocess_limit {
    uint64_t soft;
    uint64_t hard;
    int32_t resource;
};

/// What to start. The child reads it in shared memory until its end of `control` closes: free nothing before.
struct cprocess_plan {
    const char *const *candidates;  ///< paths to try in turn, ends with NULL
    char *const *arguments;         ///< ends with NULL
    char *const *environment;       ///< ends with NULL
    const char *directory;
    const struct cprocess_limit *limits;
    size_t limit_count;
    const gid_t *groups;  ///< supplementary groups of the user
    size_t group_count;
    uid_t user;
    gid_t group;
    int32_t changes_user;  ///< 0: keep the identity we have
    int32_t keeps_powers;  ///< 0: give up all capabilities
    void *stack;           ///< lowest address of the child's stack
    size_t stack_size;     ///< bytes
};

/// The waiting child and our ends of its channels; all close on exec, all but `exit` are non-blocking.
struct cprocess_child {
    pid_t pid;
    int exit;     ///< pidfd: readable when the process has ended
    int control;  ///< one byte lets it go; end of file: exec done or process gone; else struct cprocess_failure
    int output;
    int error;
};

/// Steps at which a child can fail before its program runs.
enum cprocess_step {
    CPROCESS_SESSION = 1,
    CPROCESS_STREAMS,
    CPROCESS_LIMITS,
    CPROCESS_USER,
    CPROCESS_DIRECTORY,
    CPROCESS_EXEC,
};

/// Sent on `control` by a child that failed.
struct cprocess_failure {
    int32_t step;
    int32_t error;
};

/// Creates the child, which prepares itself and waits on `control` before its exec. Returns 0 or an errno.
int cprocess_start(const struct cprocess_plan *plan, struct cprocess_child *child);

/// Lets the child go. Returns 0 or an errno.
int cprocess_release(int control);

/// Result of cprocess_reap: `code` is CLD_EXITED, CLD_KILLED or CLD_DUMPED, `status` the exit code or signal.
struct cprocess_end {
    int32_t code;
    int32_t status;
};

/// Takes note of the end of one child. Returns 1 if it has ended, 0 if not, else a negative errno.
int cprocess_reap(pid_t pid, struct cprocess_end *end);

/// Adopts orphaned descendants from now on, and fills descriptors 0 to 2 if they are closed. Returns 0 or an errno.
int cprocess_become_subreaper(void);

/// An eventfd that counts ends of children, one for the whole process, never to be read or closed: watch it with
/// EPOLLET. The first call installs the handler of SIGCHLD, which also calls the handler it found. Negative: errno.
int cprocess_child_events(void);

/// Sets soft and hard RLIMIT_RTTIME of a child, which its descendants inherit. Returns 0 or an errno.
int cprocess_set_tag(pid_t pid, uint64_t value);
