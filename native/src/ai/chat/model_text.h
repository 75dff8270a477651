#pragma once

// What a model says, as Markdown that can do nothing.
//
// A model repeats what it has read, and some of that was written by others. So its Markdown is read
// as it comes and written anew: emphasis, headings, lists, tables and code stay; links, pictures,
// HTML, addresses, mathematics and entities become the characters that they are made of. Code is
// written with fences of our own, longer than any run of backticks in it, so that no reader of
// Markdown can disagree with this one about where it ends. The rules are CommonMark's
// (https://spec.commonmark.org/0.31.2) and GitHub's autolinks.
//
// A statement in a fence is not shown before it has been looked at: whoever hears `sql` shows it.

#include <functional>
#include <string>
#include <string_view>

namespace mydba::ai {

/// Of one answer. One thread.
class ModelText {
 public:
  struct Listener {
    /// Markdown to show.
    std::function<void(std::string)> show;
    /// A fence that holds SQL, complete: shown after it was checked, by whoever hears this.
    std::function<void(std::string sql)> sql;
    /// True for the number of a document that was given to the model.
    std::function<bool(int)> cited;
  };
  explicit ModelText(Listener listener) : listener_(std::move(listener)) {}

  /// The next piece, which may end anywhere.
  void feed(std::string_view piece);
  /// What was held back, at the end.
  void finish();

 private:
  void takeLine(std::string_view line, bool ended);
  void takeText();
  std::string inlineText(std::string_view text) const;
  void show(std::string markdown);
  void endFence();

  const Listener listener_;
  std::string held_;
  bool lineStart_ = true;
  bool afterTick_ = false;  // what was shown ends with a backtick
  std::string fence_;       // what opened it; empty outside
  std::string language_;    // of the fence
  std::string code_;
};

}  // namespace mydba::ai
