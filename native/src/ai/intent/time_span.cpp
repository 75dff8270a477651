#include "ai/intent/time_span.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace mydba::ai::intent {
namespace {

using namespace std::chrono;

std::optional<int> numberAt(const Sentence& sentence, std::size_t at) {
  if (at >= sentence.size()) return std::nullopt;
  const Word& word = sentence.words[at];
  const std::string_view text =
      word.kind == WordKind::number ? std::string_view(word.folded) : word.valueIn("number");
  int number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || rest != text.data() + text.size())
    return std::nullopt;
  return number;
}

std::string written(sys_seconds time) {
  const auto day = floor<days>(time);
  const year_month_day date(day);
  char text[40];
  const hh_mm_ss clock(time - day);
  if (time == day)
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  else
    std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d:%02d", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
  return text;
}

/// The day in another month; the last of that month where it has no such day.
Days shifted(Days day, int months_) {
  const year_month_day date(day);
  year_month_day moved = date.year() / date.month() / date.day() + months(months_);
  if (!moved.ok()) moved = moved.year() / moved.month() / last;
  return moved;
}

struct Range {
  Days from;
  Days before;
};

class Reader {
 public:
  Reader(const Sentence& sentence, std::size_t at, sys_seconds now)
      : sentence_(sentence), at_(at), begin_(at), now_(now), today_(floor<days>(now)) {}

  std::optional<TimeSpan> read() {
    TimeSpan span;
    if (older(span) || newer(span) || between(span) || bounded(span) || rolling(span)) return span;
    while (is({"in", "on", "during", "from", "of", "for", "within", "over", "the"})) ++at_;
    if (rolling(span)) return span;
    if (const auto range = point()) return finished(written(range->from), written(range->before));
    return std::nullopt;
  }

 private:
  bool is(std::initializer_list<std::string_view> words) const {
    return at_ < sentence_.size() && sentence_.words[at_].isOneOf(words);
  }
  bool skip(std::initializer_list<std::string_view> words) {
    if (!is(words)) return false;
    ++at_;
    return true;
  }
  std::string_view unit() const {
    return at_ < sentence_.size() ? sentence_.words[at_].valueIn("unit") : std::string_view();
  }
  TimeSpan finished(std::optional<std::string> from, std::optional<std::string> before) const {
    return {.from = std::move(from), .before = std::move(before), .words = at_ - begin_};
  }
  bool back() {
    at_ = begin_;
    return false;
  }

  /// `count` units before now (after it, where negative).
  sys_seconds ago(std::string_view unit, int count) const {
    count = std::clamp(count, -100000, 100000);
    if (unit == "second") return now_ - seconds(count);
    if (unit == "minute") return now_ - minutes(count);
    if (unit == "hour") return now_ - hours(count);
    if (unit == "day") return today_ - days(count);
    if (unit == "week") return today_ - days(7 * count);
    count = std::clamp(count, -1000, 1000);
    if (unit == "month") return shifted(today_, -count);
    if (unit == "quarter") return shifted(today_, -3 * count);
    return shifted(today_, (unit == "decade" ? -120 : -12) * count);
  }

  /// The unit of the calendar that `offset` units away is.
  Range calendar(std::string_view unit, int offset) const {
    const year_month_day date(today_);
    if (unit == "week") {
      const Days monday = today_ - (weekday(today_) - Monday) + days(7 * offset);
      return {monday, monday + days(7)};
    }
    if (unit == "month" || unit == "quarter") {
      const int length = unit == "month" ? 1 : 3;
      const unsigned month_ = static_cast<unsigned>(date.month());
      const unsigned first = unit == "month" ? month_ : (month_ - 1) / 3 * 3 + 1;
      const Days begin = shifted(date.year() / month(first) / 1, offset * length);
      return {begin, shifted(begin, length)};
    }
    if (unit == "year") {
      const auto year_ = date.year() + years(offset);
      return {year_ / January / 1, (year_ + years(1)) / January / 1};
    }
    return {today_ + days(offset), today_ + days(offset + 1)};
  }

  /// A day, month or year by name or date.
  std::optional<Range> point() {
    const std::size_t start = at_;
    if (const auto range = relativePoint()) return range;
    at_ = start;
    if (at_ >= sentence_.size()) return std::nullopt;
    const Word& word = sentence_.words[at_];
    if (word.kind == WordKind::value) return date(word.text);
    const auto number = numberAt(sentence_, at_);
    if (number && word.kind == WordKind::number && *number >= 1900 && *number <= 2100) {
      ++at_;
      return Range{year(*number) / January / 1, year(*number + 1) / January / 1};
    }
    const std::string_view name = word.valueIn("month");
    // "may" is mostly a verb: a capital tells the month.
    if (name.empty() || (word.folded == "may" && word.text == "may")) return std::nullopt;
    ++at_;
    unsigned month_ = 0;
    std::from_chars(name.data(), name.data() + name.size(), month_);
    const year_month_day now(today_);
    int year_ = static_cast<int>(now.year()) - (month(month_) > now.month() ? 1 : 0);
    if (const auto said = numberAt(sentence_, at_); said && *said >= 1900 && *said <= 2100) {
      year_ = *said;
      ++at_;
    }
    const Days begin = year(year_) / month(month_) / 1;
    return Range{begin, shifted(begin, 1)};
  }

  std::optional<Range> relativePoint() {
    if (skip({"today", "tonight"})) return calendar("day", 0);
    if (skip({"yesterday"})) return calendar("day", -1);
    if (skip({"tomorrow"})) return calendar("day", 1);
    const int offset = is({"this", "current"}) ? 0 : is({"last", "previous", "past"}) ? -1 : 1;
    if (offset == 1 && !is({"next"})) return std::nullopt;
    ++at_;
    const std::string_view name = unit();
    if (name != "day" && name != "week" && name != "month" && name != "quarter" && name != "year")
      return std::nullopt;
    ++at_;
    return calendar(name, offset);
  }

  std::optional<Range> date(const std::string& text) {
    int year_ = 0;
    unsigned month_ = 0;
    unsigned day_ = 0;
    int length = 0;
    if (std::sscanf(text.c_str(), "%4d-%2u-%2u%n", &year_, &month_, &day_, &length) != 3 ||
        static_cast<std::size_t>(length) != text.size())
      return std::nullopt;
    const year_month_day found = year(year_) / month(month_) / day(day_);
    if (!found.ok()) return std::nullopt;
    ++at_;
    return Range{Days(found), Days(found) + days(1)};
  }

  /// "older than 30 days", "more than 2 years ago"
  bool older(TimeSpan& span) {
    const bool older = skip({"older", "earlier"});
    if (!older && !skip({"more", "over"})) return false;
    skip({"than"});
    return counted(span, older, true);
  }
  /// "newer than 2 weeks", "less than 3 hours ago", "younger than"
  bool newer(TimeSpan& span) {
    const bool newer = skip({"newer", "younger"});
    if (!newer && !skip({"less", "under"})) return false;
    skip({"than"});
    return counted(span, newer, false);
  }
  bool counted(TimeSpan& span, bool sure, bool before) {
    const bool single = is({"a", "an", "one"});
    const auto number = single ? std::optional(1) : numberAt(sentence_, at_);
    if (!number) return back();
    ++at_;
    const std::string_view name = unit();
    if (name.empty()) return back();
    ++at_;
    if (!skip({"ago", "old"}) && !sure) return back();
    const std::string time = written(ago(name, *number));
    span = before ? finished(std::nullopt, time) : finished(time, std::nullopt);
    return true;
  }

  bool between(TimeSpan& span) {
    if (!skip({"between", "from"})) return false;
    const auto first = point();
    if (!first || !skip({"and", "to", "until", "till"})) return back();
    const auto second = point();
    if (!second) return back();
    span = finished(written(first->from), written(second->before));
    return true;
  }

  /// "since March", "before 2024", "after yesterday", "until 2024-02-01"
  bool bounded(TimeSpan& span) {
    const bool since = is({"since"});
    const bool after = is({"after"});
    const bool before = is({"before", "prior"});
    if (!since && !after && !before && !is({"until", "till"})) return false;
    ++at_;
    skip({"the", "to"});
    const auto range = point();
    if (!range) return back();
    if (since || after)
      span = finished(written(since ? range->from : range->before), std::nullopt);
    else
      span = finished(std::nullopt, written(before ? range->from : range->before));
    return true;
  }

  /// "last 7 days", "next 2 weeks", "for 90 days" (and not in them: the caller knows)
  bool rolling(TimeSpan& span) {
    const bool next = is({"next", "coming"});
    if (!next && !is({"last", "past", "previous", "for"})) return false;
    ++at_;
    const auto number = numberAt(sentence_, at_);
    if (number) ++at_;
    const std::string_view name = unit();
    const bool clock = name == "second" || name == "minute" || name == "hour";
    if (name.empty() || (!number && !clock)) return back();
    ++at_;
    const int count = number.value_or(1);
    if (next)
      span = finished(written(clock ? now_ : sys_seconds(today_)), written(ago(name, -count)));
    else
      span = finished(written(ago(name, count)), std::nullopt);
    return true;
  }

  const Sentence& sentence_;
  std::size_t at_;
  std::size_t begin_;
  sys_seconds now_;
  Days today_;
};

}  // namespace

std::optional<TimeSpan> readTimeSpan(const Sentence& sentence, std::size_t at, sys_seconds now) {
  return Reader(sentence, at, now).read();
}

}  // namespace mydba::ai::intent
