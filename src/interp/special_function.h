/*
 * special_function.h: mathematical functions that libm lacks, to nearly double precision.
 */
#ifndef RG_INTERP_SPECIAL_FUNCTION_H
#define RG_INTERP_SPECIAL_FUNCTION_H

#include <stdbool.h>

double rg__lgamma(double x); /* log |gamma(x)| */
double rg__digamma(double x);
/* The modified Bessel function of order 0 or 1; `scaled`: times exp(-|x|). */
double rg__bessel_i(int order, double x, bool scaled);
double rg__erfcx(double x); /* exp(x^2) erfc(x) */
double rg__erfinv(double y);
double rg__log_ndtr(double x); /* log of the normal distribution function */
double rg__ndtri(double p);    /* its inverse */

#endif
