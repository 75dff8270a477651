#include "rag/page_writer.h"

#include <algorithm>

#include "ai/markdown.h"
#include "base/utf8.h"

namespace mydba::rag {
namespace {

constexpr std::size_t longestBlock = std::size_t{16} * 1024;
constexpr std::size_t longestCell = 2'000;
constexpr std::size_t mostColumns = 32;
constexpr std::size_t deepestItem = 6;
constexpr std::string_view cutHere =
    "The page goes on. This is the part of it that is shown here; its address shows all.\n";

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

/// Manuals put a link to each heading behind it, whose text is one of these.
std::string_view withoutMark(std::string_view heading) {
  for (const std::string_view mark : {"#", "¶", "§"})
    if (heading.ends_with(mark)) heading.remove_suffix(mark.size());
  while (heading.ends_with(' ')) heading.remove_suffix(1);
  return heading;
}

}  // namespace

void PageWriter::text(std::string_view text) {
  for (const char c : text) {
    if (code_ && tables_ == 0) {
      if (c == '\n' || c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f))
        line_ += c;
    } else if (!blank(c)) {
      line_ += c;
    } else if (!line_.empty() && line_.back() != ' ') {
      line_ += ' ';
    }
  }
}

void PageWriter::lineBreak() { text("\n"); }

void PageWriter::paragraph() {
  if (code_ || tables_ > 0) return lineBreak();
  const std::string line = takeLine();
  if (!line.empty()) block(ai::escaped(line, longestBlock));
}

void PageWriter::heading(std::size_t level) {
  if (code_ || tables_ > 0) return lineBreak();
  const std::string line = takeLine();
  const std::string_view title = withoutMark(line);
  // Above it stand the title of our document and that of the page.
  const std::string marks(std::min<std::size_t>(level + 2, 6), '#');
  if (!title.empty()) block(marks + " " + ai::escaped(title, longestCell));
}

void PageWriter::term() {
  if (code_ || tables_ > 0) return lineBreak();
  const std::string line = takeLine();
  if (!line.empty()) block("**" + ai::escaped(line, longestCell) + "**");
}

void PageWriter::beginCode() {
  paragraph();
  code_ = true;
}

void PageWriter::endCode() {
  code_ = false;
  if (tables_ > 0) return;
  std::string lines;
  lines.swap(line_);
  while (!lines.empty() && blank(lines.back())) lines.pop_back();
  lines.erase(0, std::min(lines.find_first_not_of('\n'), lines.size()));
  if (lines.empty()) return;
  std::string fenced = ai::codeBlock("", lines, longestBlock);
  fenced.pop_back();
  block(std::string_view(fenced).substr(1));
}

void PageWriter::beginList(bool numbered) {
  paragraph();
  lists_.push_back({.numbered = numbered});
}

void PageWriter::endList() {
  paragraph();
  if (!lists_.empty()) lists_.pop_back();
}

void PageWriter::beginItem() {
  paragraph();
  if (tables_ > 0) return;
  if (deeperItems_ > 0 || items_.size() == deepestItem) {
    ++deeperItems_;
    return;
  }
  const bool numbered = !lists_.empty() && lists_.back().numbered;
  items_.push_back({.marker = numbered ? std::to_string(++lists_.back().items) + ". " : "- "});
}

void PageWriter::endItem() {
  paragraph();
  if (tables_ > 0) return;
  if (deeperItems_ > 0)
    --deeperItems_;
  else if (!items_.empty())
    items_.pop_back();
}

void PageWriter::beginTable() {
  paragraph();
  ++tables_;
}

void PageWriter::endCaption() {
  if (tables_ == 1) block(ai::escaped(takeLine(), longestCell));
}

void PageWriter::beginRow() {
  if (tables_ == 1) rows_.emplace_back();
}

void PageWriter::beginCell() {
  if (tables_ == 1)
    line_.clear();  // nothing stands between cells
  else
    lineBreak();
}

void PageWriter::endCell() {
  if (tables_ > 1) return lineBreak();
  if (rows_.empty()) rows_.emplace_back();
  rows_.back().push_back(takeLine());
}

void PageWriter::endTable() {
  if (tables_ == 0 || --tables_ > 0) return;
  line_.clear();
  std::size_t columns = 0;
  for (const auto& row : rows_) columns = std::max(columns, std::min(row.size(), mostColumns));
  std::string table;
  for (auto& row : rows_) {
    if (row.empty()) continue;
    row.resize(columns);
    std::string shown = "|";
    for (const std::string& cell : row) shown += " " + ai::escaped(cell, longestCell) + " |";
    if (out_.size() + table.size() + shown.size() > limit_) {
      block(table);
      cut_ = true;
      break;
    }
    if (table.empty()) {
      table = shown + "\n|";
      for (std::size_t i = 0; i < columns; ++i) table += " --- |";
    } else {
      table += "\n" + shown;
    }
  }
  rows_.clear();
  if (!cut_) block(table);
}

std::string PageWriter::finish() {
  while (tables_ > 0) endTable();
  if (code_) endCode();
  paragraph();
  items_.clear();
  if (cut_) out_ += (out_.empty() ? "" : "\n") + std::string(cutHere);
  return std::move(out_);
}

/// Appends what stands by itself: between empty lines, indented as the item that it belongs to.
void PageWriter::block(std::string_view lines) {
  if (cut_ || lines.empty()) return;
  std::string shown;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    appendLine(shown, lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  if (out_.size() + shown.size() > limit_) {
    cut_ = true;
    return;
  }
  if (!out_.empty()) out_ += '\n';
  out_ += shown;
}

void PageWriter::appendLine(std::string& to, std::string_view line) {
  for (Item& item : items_) {
    to += item.written ? std::string(item.marker.size(), ' ') : item.marker;
    item.written = true;
  }
  (to += line) += '\n';
}

std::string PageWriter::takeLine() {
  std::string line;
  line.swap(line_);
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace mydba::rag
