#include "sql/fingerprint.h"

#include <pg_query.h>

#include <fstream>
#include <map>
#include <sstream>
#include <vector>

#include "native/catch.h"

using namespace mydba::sql;

namespace {

const std::string folder = std::string(MYDBA_SOURCE_DIR) + "/tests/sql/fingerprints/";

struct Entry {
  std::string sql;
  std::size_t group;
};

/// Groups are separated by empty lines.
std::vector<Entry> readGroups(const std::string& dialect) {
  std::ifstream file(folder + dialect + ".groups");
  std::vector<Entry> entries;
  std::size_t group = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty())
      ++group;
    else
      entries.push_back({line, group});
  }
  REQUIRE(entries.size() > 3);
  return entries;
}

/// That of libpg_query; empty for what it does not accept.
std::string pgQueryFingerprint(const std::string& sql) {
  const PgQueryFingerprintResult result = pg_query_fingerprint(sql.c_str());
  std::string text = result.error ? "" : result.fingerprint_str;
  pg_query_free_fingerprint_result(result);
  return text;
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

}  // namespace

TEST_CASE("the same query has the same fingerprint, others have others") {
  for (const char* name : {"postgres", "mysql", "sqlite", "redis"}) {
    const Dialect& dialect = *findDialect(name);
    std::map<std::uint64_t, Entry> byHash;
    std::map<std::size_t, std::string> byGroup;
    for (const Entry& entry : readGroups(name)) {
      INFO(name << ": " << entry.sql);
      const Fingerprint found = fingerprint(entry.sql, dialect);
      const auto [group, isNewGroup] = byGroup.emplace(entry.group, found.text);
      CHECK(found.text == group->second);
      const auto [hash, isNewHash] = byHash.emplace(found.hash, entry);
      INFO("as " << hash->second.sql);
      CHECK(hash->second.group == entry.group);
      CHECK(fingerprint(found.text, dialect).text == found.text);
    }
  }
}

TEST_CASE("fingerprints of postgres tell apart what libpg_query does") {
  const auto entries = readGroups("postgres");
  std::map<std::string, Entry> theirs;
  std::map<std::size_t, std::string> byGroup;
  for (const Entry& entry : entries) {
    INFO(entry.sql);
    const std::string found = pgQueryFingerprint(entry.sql);
    REQUIRE(!found.empty());
    CHECK(byGroup.emplace(entry.group, found).first->second == found);
    const auto [other, isNew] = theirs.emplace(found, entry);
    INFO("as " << other->second.sql);
    CHECK(other->second.group == entry.group);
  }
}

TEST_CASE("where fingerprints and libpg_query differ is known") {
  std::ifstream file(folder + "postgres.differences");
  std::size_t count = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    INFO(line);
    std::istringstream fields(line);
    std::string reason, verdict, a, b;
    REQUIRE(std::getline(fields, reason, '|'));
    REQUIRE(std::getline(fields, verdict, '|'));
    REQUIRE(std::getline(fields, a, '|'));
    REQUIRE(std::getline(fields, b));
    const Dialect& dialect = *findDialect("postgres");
    const bool same =
        fingerprint(trimmed(a), dialect).hash == fingerprint(trimmed(b), dialect).hash;
    CHECK(same == (trimmed(verdict) == "same"));
    CHECK(same != (pgQueryFingerprint(trimmed(a)) == pgQueryFingerprint(trimmed(b))));
    ++count;
  }
  CHECK(count > 0);
}

TEST_CASE("a fingerprint's hash is 16 digits and stays as it is") {
  CHECK(Fingerprint{"", 0xAB}.hashText() == "00000000000000ab");
  // Stored in audit logs: a change of these is a change of format.
  CHECK(fingerprint("SELECT 1", genericDialect()).text == "select ?");
  CHECK(fingerprint("SELECT 1", genericDialect()).hashText() == "072b6ec699065f6b");
}
