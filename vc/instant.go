package vc

import "time"

// ParseTime reads an XML Schema dateTime as an instant. A value without an
// offset is taken as UTC (VCDM 2.0, 4.9).
func ParseTime(text string) (time.Time, error) {
	d, err := ParseDateTime(text)
	if err != nil {
		return time.Time{}, err
	}
	return d.Time()
}
