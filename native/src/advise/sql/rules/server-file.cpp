#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

// SQLite has no server: its files are the user's.
constexpr std::string_view dialects[] = {"postgres", "mysql", "mariadb"};

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
const SqlRule serverFileRule{
    .id = "server-file", .severity = Severity::info, .dialects = dialects, .check = check};

}  // namespace mydba::advise
