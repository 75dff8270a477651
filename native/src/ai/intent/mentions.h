#pragma once

// Which words of a sentence name tables and columns.

#include <cstddef>
#include <vector>

#include "ai/intent/schema.h"
#include "ai/intent/sentence.h"

namespace mydba::ai::intent {

/// Words from `first`, `count` of them, that name one thing: a table, or a column of one of several
/// tables; the likeliest first.
struct Mention {
  std::size_t first = 0;
  std::size_t count = 1;
  std::vector<TableId> tables;
  std::vector<ColumnId> columns;
};

/// In the order of the sentence; no word is in two of them.
using Mentions = std::vector<Mention>;

Mentions findMentions(const Sentence& sentence, const Schema& schema);

/// Without a catalogue: a schema of the one table that the sentence seems to name, without columns;
/// of none when it names nothing.
Schema guessSchema(const Sentence& sentence);

/// A word with underscores or points that is spelled as servers spell their settings.
bool looksLikeSetting(const Word& word);

}  // namespace mydba::ai::intent
