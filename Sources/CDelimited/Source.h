#pragma once
#include <zlib.h>

#include <memory>
#include <vector>

#include "CDelimited.h"

namespace delimited {

using Mistake = delimited_mistake;

/// A mistake without a line.
inline Mistake mistake(delimited_mistake_kind kind, uint64_t line = 0) {
  Mistake made{};
  made.kind = kind;
  made.line = line;
  return made;
}

/// The bytes of a file, unpacked where it is packed, with the packed ones handed to a sink as they are read.
class Source {
 public:
  Source(int descriptor, bool gzip, delimited_sink sink, void *context);
  ~Source();
  Source(const Source &) = delete;
  Source &operator=(const Source &) = delete;

  /// Reads up to `count` bytes; 0 at the end and at a mistake.
  size_t read(char *out, size_t count);
  const Mistake &mistake() const { return mistake_; }

 private:
  size_t readBare(char *out, size_t count);
  size_t readGzip(char *out, size_t count);
  bool refill();
  bool nextMember();

  int descriptor_;
  bool gzip_;
  delimited_sink sink_;
  void *context_;
  Mistake mistake_{};
  z_stream stream_{};
  std::vector<unsigned char> packed_;
  /// Whether the last member has ended, so that another may begin.
  bool between_ = true;
  bool isOpen_ = false;
  bool hasMember_ = false;
};

}  // namespace delimited
