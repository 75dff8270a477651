#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  const auto& tokens = subject.tokens();
  for (const auto& column : subject.outline().columns()) {
    const std::string name = subject.name(column.name);
    const bool ip = name == "ip" || name.ends_with("_ip") || name.starts_with("ip_addr") ||
                    name.ends_with("ip_address");
    if (!ip || column.type.size() < 4) continue;
    const std::size_t length = column.type.begin + 2;
    if (tokens.isWord(column.type.begin, "VARCHAR") || tokens.isWord(column.type.begin, "CHAR")) {
      const std::string_view digits = tokens.text(length);
      if (digits == "15" || digits == "16")
        report.add(column.type,
                   "No IPv6 address fits: use the engine's type for addresses, or 45 "
                   "characters");
    }
  }
}

}  // namespace

extern const SqlRule ipAsTextRule;
const SqlRule ipAsTextRule{.id = "ip-as-text", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
