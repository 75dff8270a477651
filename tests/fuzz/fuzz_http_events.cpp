// What a web service streams comes in pieces of any size, and is hostile. However it is split, it
// holds the same lines and events.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "net/http_lines.h"

namespace {

using namespace mydba;

/// What a reader passed on, and how it ended.
template <typename Reader, typename Use>
std::string readIn(std::string_view text, std::size_t size, std::string& seen, const Use& use) {
  Reader reader(64);
  seen.clear();
  for (std::size_t at = 0; at < text.size(); at += size)
    if (auto added = reader.add(text.substr(at, size), use); !added) return added.error().message;
  return {};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t piece = 1 + data[0] % 7;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::string seen;
  const auto line = [&seen](std::string_view found) -> Result<void> {
    seen.append(found).append("\n");
    return {};
  };
  const auto event = [&seen](std::string_view name, std::string_view found) -> Result<void> {
    seen.append(name).append("\r").append(found).append("\n\n");
    return {};
  };
  std::string error = readIn<net::HttpLines>(text, text.size(), seen, line);
  std::string whole = seen;
  if (readIn<net::HttpLines>(text, piece, seen, line) != error || seen != whole) std::abort();
  error = readIn<net::HttpEvents>(text, text.size(), seen, event);
  whole = seen;
  if (readIn<net::HttpEvents>(text, piece, seen, event) != error || seen != whole) std::abort();
  return 0;
}
