// The rules for tables on real servers: tables/<engine id>.sql makes tables, each with the findings
// that must be there, and no other may be.

#include <fstream>
#include <set>
#include <sstream>

#include "advise/catalogue/connected_tables.h"
#include "engines/subject.h"
#include "native/catch.h"
#include "native/guard/unchecked.h"
#include "sql/splitter.h"

using namespace mydba;
using contract::Subject;

namespace {

struct Script {
  std::string drop;
  std::string create;
  std::set<std::string> findings;  ///< `rule table.object`
};

/// Nothing for an engine without tables.
std::optional<Script> scriptOf(const Subject& subject) {
  std::ifstream file(MYDBA_SOURCE_DIR "/tests/engines/tables/" + subject.engine->descriptor().id +
                     ".sql");
  if (!file) return std::nullopt;
  Script script;
  std::string* part = &script.drop;
  for (std::string line; std::getline(file, line);) {
    if (line == "-- create") part = &script.create;
    if (line.starts_with("-- finds ") && line != "-- finds nothing")
      script.findings.insert(line.substr(9));
    *part += line + "\n";
  }
  return script;
}

void run(Connection& connection, const std::string& text) {
  for (const auto& range : sql::split(text, dialectOf(connection))) {
    const std::string statement = text.substr(range.start, range.end - range.start);
    INFO(statement);
    contract::Recorder sink;
    const auto done = connection.run(unchecked(statement), sink, {});
    const auto lineEnd = text.substr(range.end, text.find('\n', range.end) - range.end);
    const bool mayFail = lineEnd.ends_with("-- fails");
    if (!done && !mayFail) FAIL(done.error().message);
  }
}

/// Makes the tables of a script, and takes them away.
class Tables {
 public:
  Tables(Connection& connection, const Script& script) : connection_(connection), script_(script) {
    run(connection_, script_.drop);
    run(connection_, script_.create);
  }
  ~Tables() { run(connection_, script_.drop); }
  Tables(const Tables&) = delete;
  Tables& operator=(const Tables&) = delete;

 private:
  Connection& connection_;
  const Script& script_;
};

std::string nameOf(const advise::TableFinding& finding) {
  return std::string(finding.id) + " " + finding.table +
         (finding.object.empty() ? "" : "." + finding.object);
}

}  // namespace

TEST_CASE("the rules for tables find what is wrong on every server, and nothing else",
          "[engines][lint]") {
  for (const Subject& subject : contract::subjects()) {
    INFO(subject.name);
    const auto connection = subject.connect();
    REQUIRE(connection);
    const auto script = scriptOf(subject);
    Catalogue& catalogue = *(*connection)->catalogue();
    if (!script) {
      const auto facts = catalogue.tableFacts({}, 10, {});
      REQUIRE_FALSE(facts);
      CHECK(facts.error().code == ErrorCode::unsupported);
      continue;
    }
    const Tables tables(**connection, *script);
    const auto facts = catalogue.tableFacts({}, 10000, {});
    if (!facts) FAIL(facts.error().message);
    CHECK_FALSE(facts->cut);
    REQUIRE_FALSE(facts->searchPath.empty());
    std::set<std::string> found;
    for (const auto& finding : advise::lintTables(*facts))
      if (finding.schema == facts->searchPath.front()) found.insert(nameOf(finding));
    CHECK(found == script->findings);

    // Of more tables than are wanted, those that a statement names.
    const sql::ObjectName wanted[] = {{.schema = "", .name = "twice"},
                                      {.schema = "", .name = "TWICE"},
                                      {.schema = "", .name = "\U0001F600"},
                                      {.schema = "no'where", .name = "a\"b\\{`c,%"}};
    const auto few = catalogue.tableFacts(wanted, 2, {});
    REQUIRE(few);
    CHECK(few->cut);
    CHECK(few->tables.size() <= 2);
    const auto* twice = advise::tableNamed(wanted[0], *few);
    REQUIRE(twice);
    CHECK(twice->columns.size() == facts->table(twice->schema, "twice")->columns.size());
    CHECK(twice->indexes.size() == facts->table(twice->schema, "twice")->indexes.size());

    // A statement's findings stand at the table's name.
    const std::string text = "SELECT 1;\nSELECT a FROM twice, nowhere";
    advise::ConnectedTables connected(catalogue);
    const auto used = connected.lintUsed(text, dialectOf(**connection), {"redundant-index"}, {});
    REQUIRE(used);
    REQUIRE(used->size() == 1);
    CHECK(text.substr(used->front().start, used->front().end - used->front().start) == "twice");
    CHECK(used->front().message.starts_with("`twice.twice_short`: "));
  }
}
