// Rules on SQL text see whatever stands in a file: no crash, no endless loop, and findings and
// edits stay within the text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "advise/sql/lint.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mydba;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  advise::LintOptions everything;
  for (const advise::SqlRule* rule : advise::sqlRules()) everything.only.emplace(rule->id);
  for (const char* name : {"postgres", "mysql", "mariadb", "sqlite", "generic"})
    for (const auto& finding : advise::lint(text, *sql::findDialect(name), everything)) {
      require(finding.start <= finding.end && finding.end <= size);
      std::size_t last = 0;
      if (finding.fix)
        for (const auto& edit : finding.fix->edits) {
          require(last <= edit.start && edit.start <= edit.end && edit.end <= size);
          last = edit.end;
        }
    }
  return 0;
}
