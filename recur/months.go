package recur

// real returns the calendar that has the same months, and a number of its own for each.
func (c calendar) real() calendar {
	if c == hebrew {
		return hebrewMoons
	}
	return c
}

// monthOf returns the number of the month that a day is in. It is negative for days before month 0.
func (c calendar) monthOf(day int) int {
	switch c {
	case hijri:
		y, i := hijriMonth(day)
		return (y-hijriFirstYear)*12 + i
	case hebrew:
		y, i := hebrewMonth(day)
		return (y-hebrewFirstYear)*12 + i
	case hebrewMoons:
		y, i := hebrewMonth(day)
		return moonsBefore(y) - moonsBefore(hebrewFirstYear) + i
	}
	y, m, _ := dateOf(day)
	return (y-1601)*12 + m - 1
}

// month returns the first day of a month that is not before month 0, and how many days it has.
func (c calendar) month(n int) (first, days int) {
	y, i := n/12, n%12
	switch c {
	case hijri:
		return hijriDays(hijriFirstYear+y, i)
	case hebrew:
		return hebrewDays(hebrewFirstYear+y, i)
	case hebrewMoons:
		n += moonsBefore(hebrewFirstYear)
		y = n * 19 / 235 // at most a year too early
		for moonsBefore(y+1) <= n {
			y++
		}
		return hebrewDays(y, n-moonsBefore(y))
	}
	return daysOf(1601, n+1, 1), daysIn(1601+y, i+1)
}

// The first years of other calendars that begin after 1601 has, and when.
const (
	hijriFirstYear  = 1010
	hijriFirstDay   = 181 // 1 July
	hebrewFirstYear = 5362
)

// hijriNewYear returns the first day of a year of the tabular calendar. It has 354 days, and one more in the 2nd, 5th,
// 7th, 10th, 13th, 16th, 18th, 21st, 24th, 26th and 29th of every 30 years. Year 1 began on 18 July 622.
func hijriNewYear(year int) int {
	const yearOne = hijriFirstDay - (hijriFirstYear-1)*354 - (11*hijriFirstYear+3)/30
	return yearOne + (year-1)*354 + (11*year+3)/30
}

// hijriMonth returns the year of a day, and its month from Muharram, which is 0, on.
func hijriMonth(day int) (year, month int) {
	year = hijriFirstYear + (day-hijriFirstDay)*30/10631
	for day < hijriNewYear(year) {
		year--
	}
	for day >= hijriNewYear(year+1) {
		year++
	}
	return year, min((day-hijriNewYear(year))*2/59, 11)
}

// hijriDays returns the first day of a month, and how many days it has: 30 and 29 by turns, the day of a leap year in the
// last one.
func hijriDays(year, month int) (first, days int) {
	first = hijriNewYear(year)
	end := hijriNewYear(year + 1)
	if month < 11 {
		end = first + (59*(month+1)+1)/2
	}
	first += (59*month + 1) / 2
	return first, end - first
}

// moonsBefore returns how many months there are before a year of the Hebrew calendar, in which 19 years have 235.
func moonsBefore(year int) int { return (235*year - 234) / 19 }

// hebrewNewYear returns the day of 1 Tishrei. It is that of newMoon; but a year must not come out at 356 days, and the
// one before it not at 382.
func hebrewNewYear(year int) int {
	before, day, after := newMoon(year-1), newMoon(year), newMoon(year+1)
	switch {
	case after-day == 356:
		return day + 2
	case day-before == 382:
		return day + 1
	}
	return day
}

// newMoon returns the day of the mean new moon with which a Hebrew year begins: the next day when the moon is after noon,
// and again the next when that is a Sunday, Wednesday or Friday.
func newMoon(year int) int {
	const (
		partsPerDay  = 24 * 1080
		partsOfMoon  = 13753    // beyond 29 days
		partsOfFirst = 12084    // the moon of year 1, after noon
		yearOne      = -1957816 // the day of it, a Monday
	)
	moons := moonsBefore(year)
	day := moons*29 + int((partsOfFirst+int64(moons)*partsOfMoon)/partsPerDay)
	if day%7 == 2 || day%7 == 4 || day%7 == 6 {
		day++
	}
	return yearOne + day
}

// hebrewMonths returns how many days the months of a year have that is so many days long. In leap years there is Adar I
// before the sixth of twelve; of common years the 13th month means nothing.
func hebrewMonths(length int) [13]int {
	months := [13]int{30, 29, 30, 29, 30, 29, 30, 29, 30, 29, 30, 29}
	if length > 380 {
		months = [13]int{30, 29, 30, 29, 30, 30, 29, 30, 29, 30, 29, 30, 29}
	}
	switch length % 10 {
	case 3: // 353 and 383
		months[2] = 29
	case 5: // 355 and 385
		months[1] = 30
	}
	return months
}

// hebrewMonth returns the year of a day, and its month from Tishrei, which is 0, on.
func hebrewMonth(day int) (year, month int) {
	year = hebrewFirstYear + day*19/6940 // never too early: 19 years have 6939.7 days
	for day < hebrewNewYear(year) {
		year--
	}
	first := hebrewNewYear(year)
	months := hebrewMonths(hebrewNewYear(year+1) - first)
	for day >= first+months[month] {
		first += months[month]
		month++
	}
	return year, month
}

// hebrewDays returns the first day of a month, and how many days it has.
func hebrewDays(year, month int) (first, days int) {
	first = hebrewNewYear(year)
	months := hebrewMonths(hebrewNewYear(year+1) - first)
	for _, days := range months[:month] {
		first += days
	}
	return first, months[month]
}
