#include <algorithm>
#include <limits>

#include "Source.h"

namespace {

/// Unpacks members into `out`, or over and over into scratch where that is null; whether exactly `room` bytes came out.
bool unpack(z_stream &stream, size_t count, unsigned char *out, size_t room) {
  unsigned char scratch[1 << 14];
  constexpr size_t most = std::numeric_limits<unsigned>::max() / 2;
  size_t given = 0, made = 0;
  for (bool hasMember = false;;) {
    const size_t left = count - given;
    // Zeros may pad the last member.
    if (hasMember && std::all_of(stream.next_in, stream.next_in + left, [](unsigned char byte) { return byte == 0; })) {
      return made == room;
    }
    if (hasMember && inflateReset(&stream) != Z_OK) return false;
    for (int state = Z_OK; state != Z_STREAM_END;) {
      const unsigned in = stream.avail_in = static_cast<unsigned>(std::min(count - given, most));
      const size_t space = out != nullptr ? std::min(room - made, most) : std::min(room - made, sizeof scratch);
      const unsigned wanted = stream.avail_out = static_cast<unsigned>(space);
      stream.next_out = out != nullptr ? out + made : scratch;
      state = inflate(&stream, Z_NO_FLUSH);
      given += in - stream.avail_in;
      made += wanted - stream.avail_out;
      // Without headway it is a Z_BUF_ERROR: the bytes end too early, or give more than they may.
      if (state != Z_OK && state != Z_STREAM_END) return false;
    }
    hasMember = true;
  }
}

}  // namespace

bool delimited_unpack(const void *bytes, size_t count, void *out, size_t room) {
  z_stream stream{};
  // 32: gzip or zlib, whichever the first bytes say; the sum at the end is checked.
  if (inflateInit2(&stream, 15 + 32) != Z_OK) return false;
  stream.next_in = const_cast<unsigned char *>(static_cast<const unsigned char *>(bytes));
  const bool isWhole = unpack(stream, count, static_cast<unsigned char *>(out), room);
  inflateEnd(&stream);
  return isWhole;
}

uint32_t delimited_crc32(uint32_t sum, const void *bytes, size_t count) {
  return static_cast<uint32_t>(crc32_z(sum, static_cast<const unsigned char *>(bytes), count));
}
