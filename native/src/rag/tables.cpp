#include "rag/tables.h"

#include <cassert>
#include <cstring>

namespace mydba::rag {
namespace {

constexpr std::size_t wordSize = sizeof(std::uint64_t);

/// Calls `work` with each table, in the order of the words.
template <typename SomeTables, typename Work>
void eachTable(SomeTables& tables, const Work& work) {
  for (auto* index : {&tables.index, &tables.pairs}) {
    work(index->letters);
    work(index->termEnds);
    work(index->idf);
    work(index->postingEnds);
    work(index->postings);
    work(index->lengths);
  }
  work(tables.vectors.terms.numbers);
  work(tables.vectors.terms.scales);
  work(tables.vectors.passages.numbers);
  work(tables.vectors.passages.scales);
}

}  // namespace

std::vector<std::uint64_t> packTables(const Tables& tables) {
  std::vector<std::uint64_t> words = {tables.index.passages, tables.pairs.passages};
  eachTable(tables, [&words](const auto& table) {
    const std::size_t bytes = table.size() * sizeof table[0];
    words.push_back(table.size());
    const std::size_t start = words.size();
    words.resize(start + (bytes + wordSize - 1) / wordSize);
    if (bytes) std::memcpy(&words[start], table.data(), bytes);
  });
  return words;
}

Tables unpackTables(std::span<const std::uint64_t> words) {
  Tables tables;
  const auto take = [&words](std::size_t count) {
    assert(count <= words.size());
    const auto taken = words.first(count);
    words = words.subspan(count);
    return taken;
  };
  tables.index.passages = take(1)[0];
  tables.pairs.passages = take(1)[0];
  eachTable(tables, [&take](auto& table) {
    table.resize(take(1)[0]);
    const std::size_t bytes = table.size() * sizeof table[0];
    const auto taken = take((bytes + wordSize - 1) / wordSize);
    if (bytes) std::memcpy(table.data(), taken.data(), bytes);
  });
  return tables;
}

}  // namespace mydba::rag
