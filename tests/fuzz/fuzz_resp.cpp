// Replies come from whatever listens on a port. The first byte says how the rest is cut into reads.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "engines/redis/command_line.h"
#include "engines/redis/reply_rows.h"

namespace {

struct NullSink final : mydba::RowSink {
  bool begin(std::span<const mydba::protocol::Column>) override { return true; }
  bool row(std::span<const mydba::Cell>) override { return true; }
  void end(const mydba::ResultSetEnd&) override {}
  void notice(std::string_view, std::string_view) override {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t piece = data[0] + std::size_t{1};
  static const char* const names[] = {"GET", "HGETALL", "SCAN", "HSCAN", "XRANGE"};
  const std::vector<std::string> command{names[data[1] % 5]};
  std::size_t at = 2;
  mydba::redis::RespReader reader([&](std::span<char> into) -> mydba::Result<std::size_t> {
    const std::size_t count = std::min({piece, into.size(), size - at});
    std::copy_n(data + at, count, into.data());
    at += count;
    return count;
  });
  NullSink sink;
  (void)mydba::redis::replyToRows(
      command, [&](mydba::redis::Token& token) { return reader.next(token); }, sink);
  (void)mydba::redis::splitCommandLine({reinterpret_cast<const char*>(data), size});
  return 0;
}
