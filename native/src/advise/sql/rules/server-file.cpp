#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const auto& file : subject.facts().files) {
    if (file.channel == sql::FileUse::Channel::client || file.name.empty()) continue;
    report.addBytes(
        file.position, file.position + 1,
        file.channel == sql::FileUse::Channel::program
            ? "A program runs on the server, with its rights"
            : "The file is one of the server's machine, not of yours, and needs a right "
              "that reaches beyond the database");
  }
}

}  // namespace

extern const SqlRule serverFileRule;
const SqlRule serverFileRule{.id = "server-file", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
