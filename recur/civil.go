package recur

// Days are counted from Monday, 1601-01-01, which is day 0 and the beginning of a Gregorian cycle of 400 years.

const (
	daysPer400Years = 400*365 + 97
	daysPer100Years = 100*365 + 24
	daysPer4Years   = 4*365 + 1
)

// dateOf returns the Gregorian date of a day that is not before 1601.
func dateOf(day int) (year, month, dayOfMonth int) {
	year = 1601 + day/daysPer400Years*400
	day %= daysPer400Years
	n := min(day/daysPer100Years, 3)
	year, day = year+100*n, day-n*daysPer100Years
	year, day = year+day/daysPer4Years*4, day%daysPer4Years
	n = min(day/365, 3)
	year, day = year+n, day-n*365

	// From March on the months repeat themselves every five, 153 days long.
	feb := 59 + leapDay(year)
	if day < feb {
		if day < 31 {
			return year, 1, day + 1
		}
		return year, 2, day - 30
	}
	day -= feb
	n = (5*day + 2) / 153
	return year, n + 3, day - (153*n+2)/5 + 1
}

// daysOf returns the day of a Gregorian date from 1601 on. The month may be any number from 1 on; 13 is the January after.
func daysOf(year, month, dayOfMonth int) int {
	year, month = year+(month-1)/12, (month-1)%12+1
	y := year - 1601
	days := y*365 + y/4 - y/100 + y/400 + dayOfMonth - 1
	if month <= 2 {
		return days + (month-1)*31
	}
	return days + 59 + leapDay(year) + (153*(month-3)+2)/5
}

func leapDay(year int) int {
	if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		return 1
	}
	return 0
}

// daysIn returns the length of a Gregorian month, 1 to 12.
func daysIn(year, month int) int {
	switch month {
	case 2:
		return 28 + leapDay(year)
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func weekdayOf(day int) Weekday { return Weekday((day + 1) % 7) }
