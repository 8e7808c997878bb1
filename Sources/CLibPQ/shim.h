// PostgreSQL's client library, whose place pkg-config knows, and the kernel's call that wakes a thread which waits on
// a connection: it has the same users, and Swift's Glibc module lacks it.
#pragma once

#include <libpq-fe.h>
#include <sys/eventfd.h>
