#include "Source.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace delimited {

Source::Source(int descriptor, bool gzip, delimited_sink sink, void *context)
    : descriptor_(descriptor), gzip_(gzip), sink_(sink), context_(context) {
  if (!gzip_) return;
  packed_.resize(1 << 18);
  // 16: gzip alone; zlib checks the sum and the length at the end of every member.
  isOpen_ = inflateInit2(&stream_, 15 + 16) == Z_OK;
  if (!isOpen_) mistake_ = delimited::mistake(DELIMITED_MEMORY);
}

Source::~Source() {
  if (isOpen_) inflateEnd(&stream_);
}

size_t Source::read(char *out, size_t count) {
  if (mistake_.kind != DELIMITED_NO_MISTAKE || count == 0) return 0;
  return gzip_ ? readGzip(out, count) : readBare(out, count);
}

/// Reads as the file stands.
size_t Source::readBare(char *out, size_t count) {
  for (;;) {
    const ssize_t got = ::read(descriptor_, out, count);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      mistake_ = delimited::mistake(DELIMITED_READING);
      mistake_.system_error = errno;
      return 0;
    }
    if (got > 0 && sink_) sink_(context_, out, static_cast<size_t>(got));
    return static_cast<size_t>(got);
  }
}

/// Gets more packed bytes when there are none; false at the end of the file.
bool Source::refill() {
  if (stream_.avail_in > 0) return true;
  const size_t got = readBare(reinterpret_cast<char *>(packed_.data()), packed_.size());
  stream_.next_in = packed_.data();
  stream_.avail_in = static_cast<unsigned>(got);
  return got > 0;
}

/// Goes to where the next member begins, over zeros that pad the last; false at the end.
bool Source::nextMember() {
  while (refill()) {
    if (hasMember_ && *stream_.next_in == 0) {
      ++stream_.next_in;
      --stream_.avail_in;
      continue;
    }
    if (*stream_.next_in != 0x1f) {
      mistake_ = delimited::mistake(hasMember_ ? DELIMITED_GZIP_TAIL : DELIMITED_NO_GZIP);
      return false;
    }
    inflateReset(&stream_);
    between_ = false;
    return true;
  }
  if (!hasMember_ && mistake_.kind == DELIMITED_NO_MISTAKE) {
    mistake_ = delimited::mistake(DELIMITED_NO_GZIP);
  }
  return false;
}

/// Unpacks all members, one after another.
size_t Source::readGzip(char *out, size_t count) {
  stream_.next_out = reinterpret_cast<unsigned char *>(out);
  const unsigned room = static_cast<unsigned>(std::min<size_t>(count, 1u << 30));
  stream_.avail_out = room;
  while (stream_.avail_out == room) {
    if (between_ && !nextMember()) return 0;
    if (!refill()) {
      if (mistake_.kind == DELIMITED_NO_MISTAKE) {
        mistake_ = delimited::mistake(DELIMITED_GZIP_CUT);
      }
      return 0;
    }
    const int state = inflate(&stream_, Z_NO_FLUSH);
    if (state == Z_STREAM_END) {
      between_ = hasMember_ = true;
    } else if (state != Z_OK) {
      mistake_ = delimited::mistake(state == Z_MEM_ERROR ? DELIMITED_MEMORY
                                    : hasMember_ || stream_.total_out > 0 ? DELIMITED_GZIP_BROKEN
                                                                          : DELIMITED_NO_GZIP);
      return 0;
    }
  }
  return room - stream_.avail_out;
}

}  // namespace delimited

delimited_mistake delimited_check_gzip(int descriptor, delimited_sink packed, void *packed_context,
                                       delimited_sink unpacked, void *unpacked_context) {
  try {
    delimited::Source source(descriptor, true, packed, packed_context);
    std::vector<char> room(1 << 20);
    while (const size_t count = source.read(room.data(), room.size())) {
      if (unpacked != nullptr) unpacked(unpacked_context, room.data(), count);
    }
    return source.mistake();
  } catch (const std::bad_alloc &) {
    return delimited::mistake(DELIMITED_MEMORY);
  }
}
