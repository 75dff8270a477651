// Kinds and fingerprints of PostgreSQL's statements beside libpg_query, the server's own parser:
// for every statement of the guard's corpus, as it stands and grown by mutation, that it accepts.

#include <pg_query.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "native/catch.h"
#include "native/guard/corpus.h"
#include "sql/fingerprint.h"
#include "sql/splitter.h"
#include "sql/statement.h"

using namespace mydba;
using nlohmann::json;

namespace {

const sql::Dialect& postgres() { return *sql::findDialect("postgres"); }

/// The statements of a text as libpg_query reads it; empty for what it does not accept.
std::vector<json> parse(const std::string& text) {
  const PgQueryParseResult result = pg_query_parse(text.c_str());
  std::vector<json> statements;
  if (!result.error) {
    const json tree = json::parse(result.parse_tree);
    for (const json& entry : tree.at("stmts")) statements.push_back(entry.at("stmt"));
  }
  pg_query_free_parse_result(result);
  return statements;
}

std::string theirFingerprint(const std::string& text) {
  const PgQueryFingerprintResult result = pg_query_fingerprint(text.c_str());
  std::string found = result.error ? "" : result.fingerprint_str;
  pg_query_free_fingerprint_result(result);
  return found;
}

std::string transactionKind(const json& node) {
  const std::string kind = node.at("kind");
  if (kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START") return "begin";
  if (kind == "TRANS_STMT_COMMIT" || kind == "TRANS_STMT_COMMIT_PREPARED") return "commit";
  if (kind == "TRANS_STMT_SAVEPOINT" || kind == "TRANS_STMT_RELEASE") return "savepoint";
  if (kind == "TRANS_STMT_PREPARE") return "other";
  return "rollback";
}

/// The contract's kind of a node of the server's grammar (src/include/nodes/parsenodes.h, 15).
std::string kindOf(const json& statement) {
  static const std::map<std::string, std::string> byNode = {{"SelectStmt", "select"},
                                                            {"InsertStmt", "insert"},
                                                            {"UpdateStmt", "update"},
                                                            {"DeleteStmt", "delete"},
                                                            {"MergeStmt", "merge"},
                                                            {"TruncateStmt", "truncate"},
                                                            {"RenameStmt", "alter"},
                                                            {"CallStmt", "call"},
                                                            {"VariableSetStmt", "set"},
                                                            {"VariableShowStmt", "show"},
                                                            {"ExplainStmt", "explain"},
                                                            {"CopyStmt", "copy"},
                                                            {"DoStmt", "do"},
                                                            {"LockStmt", "lock"},
                                                            {"LoadStmt", "load"},
                                                            {"ConstraintsSetStmt", "set"},
                                                            {"CreateTableAsStmt", "create"},
                                                            {"ViewStmt", "create"},
                                                            {"IndexStmt", "create"},
                                                            {"RuleStmt", "create"},
                                                            {"DefineStmt", "create"},
                                                            {"CompositeTypeStmt", "create"},
                                                            {"GrantStmt", "grant"},
                                                            {"DropdbStmt", "drop"},
                                                            {"DropStmt", "drop"},
                                                            {"DropOwnedStmt", "drop"},
                                                            {"ReassignOwnedStmt", "other"},
                                                            {"DropRoleStmt", "drop"},
                                                            {"DropTableSpaceStmt", "drop"},
                                                            {"DropUserMappingStmt", "drop"},
                                                            {"DropSubscriptionStmt", "drop"},
                                                            {"ImportForeignSchemaStmt", "other"}};
  const std::string node = statement.begin().key();
  const json& value = statement.begin().value();
  if (node == "TransactionStmt") return transactionKind(value);
  if (node == "GrantStmt" || node == "GrantRoleStmt")
    return value.value("is_grant", false) ? "grant" : "revoke";
  if (node == "VacuumStmt") return value.value("is_vacuumcmd", false) ? "vacuum" : "analyze";
  if (node == "SelectStmt" && value.contains("intoClause")) return "select";
  if (const auto found = byNode.find(node); found != byNode.end()) return found->second;
  if (node.rfind("Create", 0) == 0) return "create";
  if (node.rfind("Alter", 0) == 0) return "alter";
  return "other";
}

/// Statements that the server's parser takes for others of the corpus, and we do not.
std::set<std::string> differences() {
  std::ifstream file(std::string(MYDBA_SOURCE_DIR) +
                     "/tests/sql/fingerprints/postgres.corpus_differences");
  std::set<std::string> statements;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line[0] != '#') statements.insert(line);
  return statements;
}

}  // namespace

TEST_CASE("kinds of postgres are those of the server's parser", "[pg_query]") {
  std::size_t compared = 0;
  for (const auto& seed : guard::readCorpus(postgres()))
    for (const auto& example : guard::mutations(seed, postgres())) {
      const auto theirs = parse(example.sql);
      if (theirs.empty()) continue;
      std::vector<std::string> kinds, ours;
      for (const json& statement : theirs) kinds.push_back(kindOf(statement));
      for (const auto& [start, end] : sql::split(example.sql, postgres()))
        ours.push_back(std::string(
            sql::readStatement(std::string_view(example.sql).substr(start, end - start), postgres())
                .kindName));
      INFO(example.origin << ": " << example.sql << "\n" << theirs.front().begin().key());
      CHECK(ours == kinds);
      ++compared;
    }
  CHECK(compared > 3000);
}

TEST_CASE("fingerprints of postgres part statements as the server's parser does", "[pg_query]") {
  struct Example {
    std::string seed, origin, theirs;
    std::uint64_t ours;
  };
  std::vector<Example> examples;
  std::map<std::string, std::map<std::uint64_t, std::size_t>> byTheirs;
  std::map<std::uint64_t, std::string> byOurs;
  for (const auto& seed : guard::readCorpus(postgres()))
    for (const auto& example : guard::mutations(seed, postgres())) {
      if (sql::split(example.sql, postgres()).size() != 1) continue;
      const std::string theirs = theirFingerprint(example.sql);
      if (theirs.empty()) continue;
      const auto ours = sql::fingerprint(example.sql, postgres()).hash;
      examples.push_back({seed.sql, example.origin, theirs, ours});
      ++byTheirs[theirs][ours];
      // Never are two statements the same to us that are not the same to the server.
      INFO(example.origin << ": " << example.sql);
      CHECK(byOurs.emplace(ours, theirs).first->second == theirs);
    }
  CHECK(examples.size() > 2500);

  const auto known = differences();
  std::set<std::string> seen;
  for (const Example& example : examples) {
    const auto& hashes = byTheirs.at(example.theirs);
    const auto usual = std::max_element(hashes.begin(), hashes.end(),
                                        [](auto& a, auto& b) { return a.second < b.second; });
    if (usual->first == example.ours) continue;
    INFO(example.origin << ": " << example.seed);
    CHECK(known.count(example.seed) == 1);
    seen.insert(example.seed);
  }
  CHECK(seen == known);
}
