// The reader of PostgreSQL's plans must take any text: plans come from files too.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engines/postgres/plan_reader.h"
#include "plan/explain.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto tree = mydba::postgres::readPlan({reinterpret_cast<const char*>(data), size}, "15.0");
  if (!tree && tree.error().message.empty()) std::abort();
  // What was read must be fit for all that follows.
  if (tree && mydba::plan::examine(std::move(*tree)).summary.nodes < 1) std::abort();
  return 0;
}
