#pragma once

#include <simdjson.h>

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "types.h"

namespace mydba::postgres {

/// A value of a document, which outlives it.
using PlanValue = simdjson::dom::element;
using PlanArray = simdjson::dom::array;

/// JSON that a server or a file gave.
class PlanDocument {
 public:
  /// The text may be hostile: nesting is bounded, nothing is thrown.
  static Result<PlanDocument> parse(std::string_view text);

  PlanValue root() const { return root_; }

 private:
  PlanDocument(std::unique_ptr<simdjson::dom::parser> parser, PlanValue root)
      : parser_(std::move(parser)), root_(root) {}
  std::unique_ptr<simdjson::dom::parser> parser_;  ///< holds the values, which point to it
  PlanValue root_;
};

/// The strings of a list.
std::vector<std::string> textsIn(const PlanArray& list);

Error notAPlan(std::string_view why);

/// One JSON object of a plan, of which fields are taken; the rest becomes `extra`. Outlived by the
/// document. A value that is no object has no fields.
class Fields {
 public:
  explicit Fields(PlanValue object);

  std::optional<std::string> text(std::string_view name);
  std::optional<double> number(std::string_view name);
  /// A number that EXPLAIN writes even when it counted nothing; zero is nothing.
  std::optional<double> counter(std::string_view name);
  bool truth(std::string_view name);
  /// The first of several fields that stand for the same.
  std::optional<std::string> firstText(std::initializer_list<std::string_view> names);
  std::optional<PlanArray> array(std::string_view name);
  std::optional<PlanValue> object(std::string_view name);
  /// A field that stays among the rest.
  std::optional<double> peek(std::string_view name) const;
  bool says(std::string_view name, std::string_view value) const;
  bool isTrue(std::string_view name) const;
  std::optional<PlanValue> peekObject(std::string_view name) const;
  std::vector<std::string_view> trueOnes() const;
  /// What was not taken. Counters of zero and what is false say nothing and are left out; lists
  /// are joined with commas.
  std::vector<protocol::NamedValue> rest() const;

 private:
  struct Member {
    std::string_view name;
    PlanValue value;
    bool taken = false;
  };
  const Member* find(std::string_view name) const;
  /// What `find` gives, which is now taken; nothing where the value is of another type.
  template <class T>
  std::optional<T> take(std::string_view name);

  static std::size_t slotOf(std::string_view name) {
    return name.empty() ? 0 : (name.size() * 67 + static_cast<unsigned char>(name.back())) % slots;
  }
  static constexpr std::size_t slots = 256;

  std::vector<Member> members_;
  /// Where to begin to search for a name, by its slot: behind the first member of that slot, or 0
  /// when there is none. Of those that are asked for, a step has few.
  std::array<std::uint32_t, slots> behind_{};
};

/// Pages of a step, of planning or of serialization, and the time for them in the words of every
/// version: `I/O Read Time` until 16, `Shared I/O Read Time` since. Nothing when all is zero.
std::optional<protocol::PlanBuffers> readBuffers(Fields& fields);
std::optional<protocol::PlanWal> readWal(Fields& fields);

}  // namespace mydba::postgres
