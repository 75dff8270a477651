#pragma once

// Markdown from the pieces of a page, in the order of the page. What the page says is escaped
// (ai/markdown.h), so that headings, lists, tables and fences in the result are ours alone: no
// link, picture or markup of the page is any in the result.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mydba::rag {

class PageWriter {
 public:
  /// `limit`: bytes of Markdown after which nothing more is taken.
  explicit PageWriter(std::size_t limit) : limit_(limit) {}

  /// Text as it is in the page; runs of white space count as one space but in code.
  void text(std::string_view text);
  /// A new line in code, a space elsewhere.
  void lineBreak();
  /// Ends the paragraph, if one is open. In a table cell there are none: a space.
  void paragraph();

  /// What has been written since the last block was a heading of level 1 (of a page) to 6.
  void heading(std::size_t level);
  /// What has been written since the last block was a term that the next paragraphs define.
  void term();

  void beginCode();
  void endCode();
  void beginList(bool numbered);
  void endList();
  void beginItem();
  void endItem();
  void beginTable();
  void endTable();
  void endCaption();
  void beginRow();
  void beginCell();
  void endCell();

  bool empty() const { return out_.empty() && line_.empty(); }
  bool full() const { return cut_; }
  /// The Markdown, with a sentence at its end where the limit cut it.
  std::string finish();

 private:
  struct Item {
    std::string marker;
    bool written = false;  ///< later lines are indented by as much
  };
  struct List {
    bool numbered = false;
    int items = 0;
  };

  void block(std::string_view lines);
  void appendLine(std::string& to, std::string_view line);
  std::string takeLine();

  std::size_t limit_;
  std::string out_;
  std::string line_;  ///< of the open paragraph, cell or code, not yet escaped
  std::vector<List> lists_;
  std::vector<Item> items_;
  std::size_t deeperItems_ = 0;  ///< open ones that are too deep to be shown as such
  std::vector<std::vector<std::string>> rows_;
  std::size_t tables_ = 0;  ///< open; those in a table's cell are part of its text
  bool code_ = false;
  bool cut_ = false;
};

}  // namespace mydba::rag
