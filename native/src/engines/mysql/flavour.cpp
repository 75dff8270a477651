#include "engines/mysql/flavour.h"

#include <charconv>

#include "engines/mysql/plan_readers.h"

namespace mydba::mysql {

const Flavour mysqlFlavour{.id = "mysql",
                           .title = "MySQL",
                           .processesSql = "processes_mysql",
                           .blockersSql = "blockers_mysql",
                           .statementEventSql = "statement_event_mysql",
                           .explainPrefix = "EXPLAIN FORMAT=JSON ",
                           .analyzePrefix = "",
                           .readJson = readMysqlJson,
                           .typesAreSlow = false,
                           .variablesSql = "variables_mysql",
                           .variableTextsSql = "variables_metadata"};

const Flavour mariadbFlavour{.id = "mariadb",
                             .title = "MariaDB",
                             .processesSql = "processes_mariadb",
                             .blockersSql = "blockers_mariadb",
                             .statementEventSql = "statement_event_mariadb",
                             .explainPrefix = "EXPLAIN FORMAT=JSON ",
                             .analyzePrefix = "ANALYZE FORMAT=JSON ",
                             .readJson = readMariadbPlan,
                             .typesAreSlow = true,
                             .variablesSql = "variables_mariadb",
                             .variableTextsSql = ""};

const Flavour& flavourOf(std::string_view version) {
  return version.find("MariaDB") != std::string_view::npos ? mariadbFlavour : mysqlFlavour;
}

std::int64_t versionNumber(std::string_view version) {
  std::int64_t parts[3] = {0, 0, 0};
  const char* at = version.data();
  const char* end = at + version.size();
  for (auto& part : parts) {
    const auto read = std::from_chars(at, end, part);
    if (read.ec != std::errc{}) break;
    at = read.ptr;
    if (at == end || *at != '.') break;
    ++at;
  }
  return parts[0] * 10000 + parts[1] * 100 + parts[2];
}

}  // namespace mydba::mysql
