// The compression library, whose place pkg-config knows.
#pragma once

#include <zlib.h>
