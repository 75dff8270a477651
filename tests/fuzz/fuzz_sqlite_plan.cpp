// The reader of SQLite's plans must take any rows: detail texts hold names from the database.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engines/sqlite/plan_reader.h"
#include "plan/explain.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mydba::sqlite;
  auto tree = readPlan(parsePlanText({reinterpret_cast<const char*>(data), size}));
  // What was read must be fit for all that follows.
  if (mydba::plan::examine(std::move(tree)).summary.nodes < 1) std::abort();
  return 0;
}
