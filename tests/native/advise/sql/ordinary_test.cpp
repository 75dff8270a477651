// How many ordinary statements are complained about without reason: tests/sql/ordinary.

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "advise/sql/lint.h"
#include "native/advise/sql/grammar.h"
#include "native/catch.h"
#include "sql/fingerprint.h"
#include "sql/splitter.h"

using namespace mydba;
using namespace mydba::advise;

namespace {

const std::map<std::string, std::vector<std::string>> filesOf = {
    {"postgres", {"all", "postgres"}},
    {"mysql", {"all", "mysql-mariadb", "mysql"}},
    {"mariadb", {"all", "mysql-mariadb", "mariadb"}},
    {"sqlite", {"all", "sqlite"}}};

std::string folder() { return MYDBA_SOURCE_DIR "/tests/sql/ordinary/"; }

std::string readAll(const std::string& path) {
  std::ifstream file(path);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// A rule and the line where the statement begins: of a finding, or of one that is right.
using FoundAt = std::pair<std::size_t, std::string>;

/// `LINE RULE WHY`, one finding a line.
std::map<FoundAt, std::string> rightFindings(const std::string& name) {
  std::ifstream file(folder() + name + ".expected");
  std::map<FoundAt, std::string> all;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    std::istringstream words(line);
    FoundAt place;
    std::string why;
    words >> place.first >> place.second;
    std::getline(words >> std::ws, why);
    INFO(name << ".expected: " << line);
    CHECK(why.size() > 20);
    CHECK(all.emplace(place, why).second);
  }
  return all;
}

struct Judged {
  std::size_t statements = 0;
  std::set<std::string> different;  ///< fingerprints
  std::size_t falseAlarms = 0;      ///< statements with one or more
  std::string report;
};

/// Adds a file's statements to `judged`, and the places of its findings to `seen`.
void judge(const std::string& name, const sql::Dialect& dialect, Judged& judged,
           std::set<FoundAt>& seen) {
  const std::string text = readAll(folder() + name + ".sql");
  const auto right = rightFindings(name);
  for (const auto& range : sql::split(text, dialect)) {
    const std::string statement = text.substr(range.start, range.end - range.start);
    const auto line = 1 + static_cast<std::size_t>(std::count(
                              text.begin(), text.begin() + static_cast<long>(range.start), '\n'));
    {
      INFO(name << ".sql:" << line << " " << dialect.name << ": " << statement);
      CHECK(refusal(statement, std::string(dialect.name)) == "");
    }
    ++judged.statements;
    judged.different.insert(sql::fingerprint(statement, dialect).text);
    bool wrong = false;
    for (const auto& finding : lint(statement, dialect)) {
      const FoundAt place{line, std::string(finding.id)};
      seen.insert(place);
      if (right.contains(place)) continue;
      wrong = true;
      judged.report += "\n" + name + ".sql:" + std::to_string(line) + " " +
                       std::string(finding.id) + ": " + statement.substr(0, 200);
    }
    judged.falseAlarms += wrong;
  }
}

}  // namespace

TEST_CASE("fewer than 2 % of 500 ordinary statements per dialect raise a false alarm", "[lint]") {
  std::map<std::string, std::set<FoundAt>> seen;
  for (const auto& [dialect, files] : filesOf) {
    Judged judged;
    for (const std::string& name : files)
      judge(name, *sql::findDialect(dialect), judged, seen[name]);
    const double percent =
        100.0 * static_cast<double>(judged.falseAlarms) / static_cast<double>(judged.statements);
    WARN(dialect << ": " << judged.falseAlarms << " of " << judged.statements
                 << " ordinary statements raise a false alarm (" << percent << " %)"
                 << judged.report);
    CHECK(judged.different.size() >= 500);
    CHECK(percent < 2);
  }
  for (const auto& [name, found] : seen)
    for (const auto& [place, why] : rightFindings(name)) {
      INFO(name << ".expected: " << place.first << " " << place.second << " is not found any more");
      CHECK(found.contains(place));
    }
}
