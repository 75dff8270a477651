#include "advise/catalogue/likeness.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "sql/keyword.h"

namespace mydba::advise {
namespace {

bool sameKind(const IndexFacts& a, const IndexFacts& b) {
  return a.method == b.method && a.predicate == b.predicate && a.valid == b.valid;
}

/// Rows with a value in the column are all in the index.
bool hasAllValues(const IndexFacts& index, const std::vector<std::string>& columns) {
  return index.predicate.empty() ||
         (columns.size() == 1 && index.predicate == "(" + columns[0] + " IS NOT NULL)");
}

/// Names of one type. Where the texts of two columns are compared, their lengths do not matter.
constexpr std::pair<std::string_view, std::string_view> sameTypes[] = {
    {"int", "integer"},
    {"int4", "integer"},
    {"int8", "bigint"},
    {"int2", "smallint"},
    {"character", "text"},
    {"char", "text"},
    {"varchar", "text"},
    {"tinytext", "text"},
    {"character varying", "text"},
    {"mediumtext", "text"},
    {"longtext", "text"},
    {"decimal", "numeric"},
    {"real", "double"},
    {"double precision", "double"},
    {"float", "double"}};

std::string usualName(std::string type) {
  const auto found =
      std::ranges::find(sameTypes, type, [](const auto& pair) { return pair.first; });
  return found == std::end(sameTypes) ? type : std::string(found->second);
}

/// What SQLite makes of a declared type, of which only text and numbers matter here
/// (sqlite.org/datatype3.html, "Determination Of Column Affinity").
enum class Affinity { any, text, number };

Affinity affinityOf(const std::string& type) {
  const auto has = [upper = sql::upperCase(type)](std::string_view part) {
    return upper.find(part) != std::string::npos;
  };
  if (has("INT")) return Affinity::number;
  if (has("CHAR") || has("CLOB") || has("TEXT")) return Affinity::text;
  return type.empty() || has("BLOB") ? Affinity::any : Affinity::number;
}

}  // namespace

bool sameKeys(const IndexFacts& a, const IndexFacts& b) {
  return sameKind(a, b) && a.columns == b.columns && a.included == b.included;
}

bool startsWith(const IndexFacts& index, const IndexFacts& other) {
  // Only trees are searched by their first columns.
  const bool ordered = index.method == "btree" || index.columns.size() == other.columns.size();
  return ordered && sameKind(index, other) && other.included.empty() &&
         index.columns.size() >= other.columns.size() &&
         std::equal(other.columns.begin(), other.columns.end(), index.columns.begin());
}

bool serves(const IndexFacts& index, const std::vector<std::string>& columns) {
  if (!index.valid || !hasAllValues(index, columns) || index.columns.size() < columns.size())
    return false;
  // A tree by any of its first columns, a hash by exactly its own.
  if (index.method != "btree" && (index.method != "hash" || index.columns.size() > columns.size()))
    return false;
  std::vector<std::string> first;
  for (std::size_t i = 0; i < columns.size(); ++i) first.push_back(index.columns[i].name);
  return std::is_permutation(first.begin(), first.end(), columns.begin());
}

std::string baseType(const std::string& type) {
  std::string result;
  int depth = 0;
  for (const char c : type) {
    if (c == '(') ++depth;
    if (depth == 0) result += c;
    if (c == ')') --depth;
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return sql::lowerCase(std::move(result));
}

bool comparable(const ColumnFacts& a, const ColumnFacts& b, const CatalogueFacts& facts) {
  if (!facts.looseTypes) return usualName(baseType(a.type)) == usualName(baseType(b.type));
  const Affinity left = affinityOf(a.type);
  const Affinity right = affinityOf(b.type);
  return left == right || left == Affinity::any || right == Affinity::any;
}

std::string inCode(std::string text) {
  std::ranges::replace(text, '`', '\'');
  return "`" + std::move(text) + "`";
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + inCode(names[i]);
  if (names.size() > most) text += " and " + std::to_string(names.size() - most) + " more";
  return text;
}

std::string inWords(double number) { return std::to_string(std::llround(std::floor(number))); }

}  // namespace mydba::advise
