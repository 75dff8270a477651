#include "optimize/draft.h"

#include <algorithm>

namespace mydba::optimize {

void Draft::add(Edit edit) {
  const bool within = std::ranges::any_of(
      edits_, [&](const Edit& other) { return edit.start < other.end && edit.end > other.start; });
  if (!within) edits_.push_back(std::move(edit));
}

void Draft::replace(sql::Range tokens, std::string text) {
  const auto& list = subject_->tokens();
  add({list[tokens.begin].start, list[tokens.end - 1].end, std::move(text)});
}

void Draft::insertBefore(std::size_t token, std::string text) {
  const auto& list = subject_->tokens();
  const std::size_t at = token < list.size() ? list[token].start : subject_->text().size();
  add({at, at, std::move(text)});
}

void Draft::insertBehind(std::size_t token, std::string text) {
  const std::size_t at = subject_->tokens()[token].end;
  add({at, at, std::move(text)});
}

void Draft::remove(sql::Range tokens) {
  const auto& list = subject_->tokens();
  const std::size_t end =
      tokens.end < list.size() ? list[tokens.end].start : subject_->text().size();
  add({list[tokens.begin].start, end, ""});
}

std::string Draft::text() const {
  auto sorted = edits_;
  std::ranges::stable_sort(sorted, {}, &Edit::start);
  std::string text;
  std::size_t at = 0;
  for (const Edit& edit : sorted) {
    text += subject_->text().substr(at, edit.start - at);
    text += edit.text;
    at = edit.end;
  }
  return text + std::string(subject_->text().substr(at));
}

}  // namespace mydba::optimize
