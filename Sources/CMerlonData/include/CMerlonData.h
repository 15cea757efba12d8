#ifndef CMERLONDATA_H
#define CMERLONDATA_H

#include <stddef.h>

/// One file that travels inside the binary.
typedef struct {
  /// Path below the data folder, with `/` between the parts.
  const char *_Nonnull path;
  const unsigned char *_Nonnull bytes;
  size_t count;
} merlon_data_file;

/// Number of library model files.
size_t merlon_stub_count(void);

/// The library model file at `index`, which must be below `merlon_stub_count()`.
const merlon_data_file *_Nonnull merlon_stub_at(size_t index);

/// Number of runtime model files: Python that stands for what libraries do when an application is built.
size_t merlon_runtime_count(void);

/// The runtime model file at `index`, which must be below `merlon_runtime_count()`.
const merlon_data_file *_Nonnull merlon_runtime_at(size_t index);

#endif
