// Bytes of stdin, cut anywhere: framing and JSON must survive them, and however they are cut the
// same messages must come out.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "rpc/framing.h"
#include "rpc/json.h"

namespace {

using mydba::rpc::FrameReader;
using mydba::rpc::Incoming;

/// Small, so that the limit is reached too.
constexpr std::size_t maximumBody = 4096;

std::vector<std::string> read(std::string_view bytes, std::size_t piece) {
  FrameReader reader(maximumBody);
  std::vector<std::string> bodies;
  while (!bytes.empty()) {
    reader.feed(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
    while (const auto incoming = reader.next())
      if (incoming->kind == Incoming::Kind::message) bodies.push_back(incoming->body);
  }
  return bodies;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Longer than a header may be, cuts decide how much of it is skipped.
  const std::string_view bytes(reinterpret_cast<const char*>(data),
                               std::min<std::size_t>(size, 8000));
  const auto whole = read(bytes, bytes.size());
  if (read(bytes, 1) != whole || read(bytes, 7) != whole) std::abort();
  for (const std::string& body : whole) (void)mydba::rpc::parseJson(body);
  (void)mydba::rpc::parseJson(bytes);
  return 0;
}
