// An official page is whatever its server sends. However it is built, reading it ends, and outside
// of our fences nothing of it is markup.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "rag/page.h"

namespace {

using namespace mydba;

/// The run of backticks that a line of a fence is, behind what indents it; else empty.
std::string_view fenceOf(std::string_view line) {
  const std::size_t at = line.find_first_not_of(" -.0123456789");
  if (at == line.npos || line.find_first_not_of('`', at) != line.npos) return {};
  return line.substr(at).size() < 3 ? std::string_view() : line.substr(at);
}

bool inert(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\')
      ++i;
    else if (std::string_view("<>[]()!&:@_~`=+").find(line[i]) != std::string_view::npos)
      return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view html(reinterpret_cast<const char*>(data) + 1, size - 1);
  constexpr std::string_view names[] = {"", "a", "b"};
  const auto text = rag::readPage(html, names[data[0] % 3], {}, 4096);
  if (!text) return 0;
  if (text->size() > 4096 + 200) std::abort();
  std::string_view left = *text;
  // What was cut says so at its end; a page may say the same anywhere.
  if (left.ends_with("its address shows all.\n"))
    left = left.substr(0, left.rfind("\nThe page goes on."));
  std::string_view open;
  while (!left.empty()) {
    const std::string_view line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(line.size() + 1, left.size()));
    const std::string_view fence = fenceOf(line);
    if (open.empty() && !fence.empty())
      open = fence;
    else if (!open.empty() && fence == open)
      open = {};
    else if (open.empty() && !inert(line))
      std::abort();
  }
  if (!open.empty()) std::abort();
  return 0;
}
