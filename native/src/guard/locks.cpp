#include "guard/locks.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/embedded.h"

namespace mydba::guard {
namespace {

std::string_view takeWord(std::string_view& text) {
  const auto start = std::min(text.find_first_not_of(' '), text.size());
  text.remove_prefix(start);
  const auto word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  return word;
}

std::string_view takeLine(std::string_view& text) {
  const auto line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

/// `8.0.12` is 80012, `14` is 140000.
std::int64_t versionOf(std::string_view text) {
  std::int64_t version = 0;
  for (int part = 0; part < 3; ++part) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    if (text.starts_with('.')) text.remove_prefix(1);
    version = version * 100 + number;
  }
  return version;
}

std::optional<TableWork::Kind> workOf(std::string_view word) {
  if (word == "scan") return TableWork::Kind::scan;
  if (word == "index") return TableWork::Kind::buildIndex;
  if (word == "rewrite") return TableWork::Kind::rewrite;
  return std::nullopt;
}

LockFact readFact(std::string_view line, std::string_view source) {
  LockFact fact{.operation = takeWord(line), .source = source};
  const std::string_view versions = takeWord(line);
  const auto dots = versions.find("..");
  fact.first = versionOf(versions.substr(0, dots));
  const std::string_view next = versions.substr(std::min(dots + 2, versions.size()));
  fact.next = next.empty() ? INT64_MAX : versionOf(next);
  fact.mode = takeWord(line);
  const std::string_view blocks = takeWord(line);
  fact.blocksReads = blocks == "all";
  fact.blocksWrites = fact.blocksReads || blocks == "writes";
  fact.brief = takeWord(line) == "brief";
  fact.work = workOf(takeWord(line));
  return fact;
}

}  // namespace

TableLock LockFact::lockOf(std::string table) const {
  std::string name(mode);
  std::replace(name.begin(), name.end(), '_', ' ');
  return {.table = std::move(table),
          .mode = std::move(name),
          .blocksReads = blocksReads,
          .blocksWrites = blocksWrites,
          .brief = brief};
}

LockFacts::LockFacts(std::string_view text) {
  std::string_view source;
  while (!text.empty()) {
    std::string_view line = takeLine(text);
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with('[')) {
      line.remove_prefix(1);
      takeWord(line);  // source
      source = takeWord(line);
      if (source.ends_with(']')) source.remove_suffix(1);
      continue;
    }
    entries_.push_back(readFact(line, source));
  }
}

const LockFact* LockFacts::exactly(std::string_view operation, std::int64_t version) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const LockFact& fact) {
    return fact.operation == operation && fact.first <= version && version < fact.next;
  });
  return found == entries_.end() ? nullptr : &*found;
}

const LockFact* LockFacts::find(std::string_view operation, std::string_view variant,
                                std::int64_t version) const {
  if (!variant.empty())
    if (const auto* fact = exactly(std::string(operation) + "." + std::string(variant), version))
      return fact;
  return exactly(operation, version);
}

const LockFacts& LockFacts::of(const sql::Dialect& dialect) {
  static const auto all = [] {
    std::map<std::string_view, LockFacts> facts;
    for (const std::string_view name : {"mariadb", "mysql", "postgres", "sqlite"})
      facts.emplace(name, LockFacts(embeddedFile("native/src/guard/data/locks_" +
                                                 std::string(name) + ".txt")));
    return facts;
  }();
  static const LockFacts none{""};
  const auto found = all.find(dialect.name);
  return found == all.end() ? none : found->second;
}

}  // namespace mydba::guard
